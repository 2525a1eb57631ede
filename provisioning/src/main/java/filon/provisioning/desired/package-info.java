/**
 * What should be true on each host: the signed records of its compacted topic.
 *
 * <p>Owns: the generation of every host's orders, their signature and publication, the trimming of metering logs. Does not own:
 * which workload should run where (lease).
 */
package filon.provisioning.desired;
