/**
 * What hosts say of the workloads they were ordered to run.
 *
 * <p>Owns: the reading of {@code fleet.reported}, the last report of each workload, what is passed on of it. Does not own: the end of
 * a lease (lease), the state of a host (host), hash rate and shares (the API reads telemetry, billing reads usage).
 */
package filon.provisioning.workload;
