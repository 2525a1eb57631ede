/**
 * Connections to pools.
 *
 * <p>Owns: resolving, checking and trying a host's addresses, TCP, TLS, the threads that read and write.
 *
 * <p>Does not own: what the bytes mean.
 */
package filon.mining.pool.wire;
