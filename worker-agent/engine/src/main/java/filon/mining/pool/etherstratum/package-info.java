/**
 * Stratum V1 as some pools of the Ethereum family speak it, without a version and without an extranonce. No specification: from what such
 * pools and their miners have in common; where a pool differs, the pool's documentation counts.
 *
 * <p>Owns: its messages and their order.
 *
 * <p>Does not own: lines, requests and answers (line), jobs of the family (ethereum), which epoch a seed is of (the algorithm).
 */
package filon.mining.pool.etherstratum;
