/**
 * What a lease leaves on this host is gone before another customer's begins.
 *
 * <p>Owns: which GPU is owed a wipe, on the disk before the lease's workload starts; the child process that overwrites and checks its memory; how it
 * ended. Does not own: how memory is overwritten (engine), the lease's folder (workload), whether the GPU is free (provisioning).
 */
package filon.agent.wipe;
