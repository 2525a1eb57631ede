/**
 * The search: one thread owns one device and keeps it busy with the newest job.
 *
 * <p>Owns: the loop, batch lengths, nonce ranges, the proving of a kernel, counters, the state a miner is in; the search
 * for a better tuning, and what it found.
 *
 * <p>Does not own: algorithms, pools' protocols, what is written down (workload), what is printed (command).
 */
package filon.mining.engine;
