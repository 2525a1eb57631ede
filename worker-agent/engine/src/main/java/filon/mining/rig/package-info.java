/**
 * Several miners in one process, as people and monitoring see them.
 *
 * <p>Owns: figures of all devices at a moment, and their forms: JSON, Prometheus' text, a table; the read-only HTTP server.
 *
 * <p>Does not own: anything that mines (engine), options and the life of the process (command).
 */
package filon.mining.rig;
