/**
 * scrypt with N = 1024, r = 1, p = 1, Litecoin's proof of work: CPU reference, host code, kernel, known answers.
 *
 * <p>Owns: everything about scrypt. Does not own: anything else. See README.md beside this file.
 */
package filon.mining.algorithm.scrypt;
