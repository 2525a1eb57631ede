/** Owns: the practice pool, a Stratum V1 server that checks every share itself. Does not own: the miner's code; it shares none. */
package filon.testkit.pool;
