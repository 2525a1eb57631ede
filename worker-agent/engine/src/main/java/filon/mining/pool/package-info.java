/**
 * Pools as the engine sees them: jobs come in, shares go out, verdicts come back.
 *
 * <p>Owns: sessions, jobs, shares, verdicts, fail-over and back-off. One dialect per sub-package, found as a service.
 *
 * <p>Does not own: bytes on a wire (stratum), searching (engine), what is written down about a share (workload).
 */
package filon.mining.pool;
