/**
 * Autolykos v2, Ergo's proof of work: CPU reference, table, host code, kernels, known answers.
 *
 * <p>Owns: everything about it. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.autolykos2;
