/**
 * Workloads that mine nothing and yet meter, report and prove as the engine does.
 *
 * <p>Owns: what a simulated workload does in time, its files, its real small shares. Does not own: the shape of the files (the engine),
 * when one is started or stopped (the agent), what is wrong with its device (fault).
 */
package filon.simulation.workload;
