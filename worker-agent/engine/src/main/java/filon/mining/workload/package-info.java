/**
 * The workload process: one lease, one device, one directory.
 *
 * <p>Owns: the files of that directory (specification and authorisation in; lock, process, meter and status out), the dead-man
 * switch, the exit codes. The records here are the contract with the worker agent.
 *
 * <p>Does not own: launching, signatures, what a record is worth (agent, billing); searching (engine).
 */
package filon.mining.workload;
