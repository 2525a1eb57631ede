/**
 * The whole platform on one machine: what {@code infra/up} starts, supervises, shows and stops.
 *
 * <p>Owns: order of start and stop, ports, local settings, restarts after a crash, the demo. Does not own: how a server is
 * run (testkit), or anything the services do. Invariants: one supervisor per data directory; what a killed supervisor left
 * behind is stopped by the next one; nothing is stored outside the data directory.
 */
package filon.local;
