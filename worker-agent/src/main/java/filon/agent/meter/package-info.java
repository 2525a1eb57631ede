/**
 * What was used, so that no second is lost or counted twice whatever dies when.
 *
 * <p>Owns: the clock that turns monotonic time into wall time, the metering log, the numbering and chaining of usage reports.
 * Does not own: sending them (uplink), what they are worth (billing), nor the workloads' own meters (the engine).
 */
package filon.agent.meter;
