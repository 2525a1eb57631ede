/**
 * What Ergo's pools say: Stratum with a message, a height and a bound b in decimal digits in each notice.
 *
 * <p>Owns: the meaning of those lines, b as a target, and how a share of Autolykos v2 is written.
 *
 * <p>Does not own: subscription, lines, jobs of a header and a nonce (line), the hash and its table (algorithm/autolykos2).
 *
 * <p>Source: miningcore, ErgoPool and ErgoJob, read.
 */
package filon.mining.pool.ergo;
