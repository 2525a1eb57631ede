/**
 * Where the files of this machine's user lie.
 *
 * <p>Owns: the system properties' form, the directories of XDG.
 *
 * <p>Does not own: what is kept there, or how.
 */
package filon.mining.home;
