/**
 * Stratum V1, the line protocol of Bitcoin-like pools.
 *
 * <p>Owns: the socket, its lines, the protocol's state, jobs built from coinbase halves and merkle branches.
 *
 * <p>Does not own: which pool is next, when to come back (pool), what is searched and how (engine).
 */
package filon.mining.pool.stratum;
