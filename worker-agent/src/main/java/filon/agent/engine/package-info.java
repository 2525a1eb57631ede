/**
 * Where the mining engine lies on this machine and how one of its programs is started.
 *
 * <p>Owns: the class path and the fixed JVM options of engine processes. Does not own: what those processes do.
 */
package filon.agent.engine;
