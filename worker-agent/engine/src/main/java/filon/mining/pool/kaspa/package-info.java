/**
 * What Kaspa's pools say: Stratum with a hash before proof of work and a timestamp in each notice, and a difficulty beside.
 *
 * <p>Owns: the meaning of those lines, and how a share of kHeavyHash is written.
 *
 * <p>Does not own: subscription, lines, jobs of a header and a nonce (line), the hash (algorithm/kheavyhash).
 *
 * <p>Source: kaspa-stratum-bridge 429f9a4, rusty-kaspa's bridge and miningcore's KaspaPool, read; NiceHash, KHeavyHash_NiceHash_v1.0
 * (extranonce of 0 to 1 bytes).
 */
package filon.mining.pool.kaspa;
