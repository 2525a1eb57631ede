/**
 * KawPow, and the ProgPoW family it belongs to as a table of parameters: CPU reference, kernel text, host code, known answers.
 *
 * <p>Owns: everything about them. Does not own: datasets, which are of ethash's kind (dag). See README.md beside this file.
 */
package filon.mining.algorithm.kawpow;
