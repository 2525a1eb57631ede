/**
 * The workload processes: one per GPU of a lease, outliving the agent.
 *
 * <p>Owns: the decision what to start and stop, the processes, their folders, restarts with back-off. Does not own: whether an
 * order may be believed (control), what is metered (meter), nor mining itself (the engine).
 */
package filon.agent.workload;
