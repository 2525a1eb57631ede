package filon.provisioning.identity;

/**
 * The serial numbers of a machine: what the purchase record says, and what its agent found.
 *
 * @param expected empty when nobody said which machine it has to be
 * @param found empty when the agent could not read one
 */
public record Serials(String expected, String found) {
    public Serials {
        expected = expected.strip();
        found = found.strip();
    }

    /** What the two say of the machine. */
    public enum Verdict {
        MATCH,
        MISMATCH,
        /** One of them is not known; a person has to look. */
        UNKNOWN
    }

    public Verdict verdict() {
        if (expected.isEmpty() || found.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        return expected.equalsIgnoreCase(found) ? Verdict.MATCH : Verdict.MISMATCH;
    }
}
