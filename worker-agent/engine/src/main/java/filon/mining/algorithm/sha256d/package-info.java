/**
 * SHA-256d, the double SHA-256 of Bitcoin's 80-byte header: CPU reference, host code, kernel, known answers.
 *
 * <p>Owns: everything about sha256d. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.sha256d;
