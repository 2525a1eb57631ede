/**
 * What the dialects of the Ethereum family share; the dialects are packages beside this one.
 *
 * <p>Owns: reading the fields that all of them have, jobs that come too early, the room of nonces for the next job.
 *
 * <p>Does not own: any dialect's messages, lines (line), which epoch a seed is of (the algorithm, {@link
 * filon.mining.algorithm.SeededEpochs}).
 */
package filon.mining.pool.ethereum;
