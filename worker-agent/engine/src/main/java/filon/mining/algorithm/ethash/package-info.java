/**
 * Ethash and Etchash, one algorithm with two rules of epochs: CPU reference, dataset, host code, kernel, known answers.
 *
 * <p>Owns: everything about them. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.ethash;
