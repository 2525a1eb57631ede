/**
 * Why things stand as they do, and every move they made.
 *
 * <p>Owns: what a reason has to say, who acted, the append-only record of moves.
 *
 * <p>Does not own: the machines and their reasons; each feature has its own.
 */
package filon.provisioning.standing;
