package filon.provisioning.leader;

/**
 * The right to do a chore, until somebody else has taken it over.
 *
 * @param epoch rises with each leader of the chore
 */
public record Term(String chore, long epoch) {}
