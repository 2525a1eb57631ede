/**
 * The command line {@code filon-miner}.
 *
 * <p>Owns: options, what is printed, exit codes. Does not own: anything that computes.
 */
package filon.mining.command;
