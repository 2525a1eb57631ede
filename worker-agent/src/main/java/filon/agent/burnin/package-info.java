/**
 * The host's burn-in: runs it as ordered, in a process of its own, and keeps what came of it.
 *
 * <p>Owns: the child process, its folder, the newest result. Does not own: what a burn-in does (engine), whether one is needed and what its result
 * means (provisioning). A GPU is burnt in only while no workload runs on it, and gets none until the burn-in's process has ended.
 */
package filon.agent.burnin;
