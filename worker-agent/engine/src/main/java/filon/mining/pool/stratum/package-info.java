/**
 * Stratum V1, the line protocol of Bitcoin-like pools.
 *
 * <p>Owns: the protocol's state, jobs built from coinbase halves and merkle branches, version rolling.
 *
 * <p>Does not own: lines, requests and answers (line), which pool is next (pool), what is searched and how (engine).
 */
package filon.mining.pool.stratum;
