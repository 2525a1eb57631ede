/** Owns: the time that a pool is given, real or simulated. Does not own: what happens in it. */
package filon.practice.time;
