/**
 * Owns: the practice pool, its door and its command line. Does not own: the miner's client, of which it uses nothing; of the engine it uses
 * the CPU reference hashes alone.
 */
package filon.practice;
