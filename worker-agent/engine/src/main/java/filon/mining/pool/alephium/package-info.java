/**
 * What Alephium's pools say: Stratum with block templates of several chains in each notice, and shares as objects.
 *
 * <p>Owns: the meaning of those lines, which template is mined, the first bytes of the nonces, which chain a hash belongs to.
 *
 * <p>Does not own: subscription, lines (line), the hash (algorithm/blake3).
 *
 * <p>Source: alephium/mining-pool 80d252e and miningcore's AlephiumPool, read; NiceHash, Alephium_NiceHash_v1.0 (extranonce of 0 to 1
 * bytes); alephium/docs, alephium-stratum, which no pool follows to the letter.
 */
package filon.mining.pool.alephium;
