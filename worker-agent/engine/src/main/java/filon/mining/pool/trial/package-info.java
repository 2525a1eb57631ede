/**
 * Tries a pool as a miner would, up to the first job, and says in plain words what it offers and what is wrong.
 *
 * <p>Owns: the order of a trial, what its facts mean, the report. Does not own: connecting, dialects (pool), how a report is printed
 * (command).
 */
package filon.mining.pool.trial;
