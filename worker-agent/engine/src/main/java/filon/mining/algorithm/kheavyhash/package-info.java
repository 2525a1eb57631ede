/**
 * kHeavyHash, Kaspa's proof of work: CPU reference, host code, kernel, known answers.
 *
 * <p>Owns: everything about it. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.kheavyhash;
