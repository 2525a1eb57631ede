package filon.billing.proof;

/** What hashing a share again showed. */
public sealed interface Verdict {
    /** The work was done; {@code hash} (32 bytes) names the solved header uniquely. */
    record Proven(byte[] hash) implements Verdict {}

    /** The share proves nothing. */
    record Disproven(String why) implements Verdict {}
}
