/**
 * What pools of KawPow (Ravencoin) say: Stratum with a header hash, a height and a target in each notice.
 *
 * <p>Owns: the meaning of those lines, and how a share of KawPow is written.
 *
 * <p>Does not own: subscription, lines, jobs of a header and a nonce (line), the hash (algorithm/kawpow).
 *
 * <p>Source: RavenCommunity/kawpow-stratum-pool d892f77, run against; NiceHash, KawPow_NiceHash_v1.0 (extranonce of 0 to 2 bytes).
 */
package filon.mining.pool.kawpow;
