/**
 * One leader for each chore, by an epoch in a row.
 *
 * <p>Owns: the rows. Does not own: the chores.
 */
package filon.provisioning.leader;
