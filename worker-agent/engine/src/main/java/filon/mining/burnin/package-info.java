/**
 * Tries a device under load before it may earn: its memory, its answers, its speed.
 *
 * <p>Owns: the memory test with its kernel, the measurement of hash rates over several runs, the result of both. Does not own: what a
 * kernel is proved with (engine), which devices are tried and when (the worker agent and provisioning).
 */
package filon.mining.burnin;
