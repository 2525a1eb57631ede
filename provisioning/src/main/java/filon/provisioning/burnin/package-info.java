/**
 * The trial of each host's devices before it may be leased.
 *
 * <p>Owns: which burn-in is ordered and when, what came of each, the rates it measured. Does not own: the state of a host (host), how a device is
 * tried (worker agent), what a rate is worth. Every stay in {@code BurningIn} has one burn-in at most; only its own result moves the host.
 */
package filon.provisioning.burnin;
