/**
 * Alephium's proof of work, BLAKE3 of BLAKE3: CPU reference, host code, kernel, known answers.
 *
 * <p>Owns: everything about it. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.blake3;
