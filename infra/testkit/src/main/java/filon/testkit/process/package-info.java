/** Owns: starting, watching and ending one server process. Does not own: what the server is. */
package filon.testkit.process;
