package filon.contracts.message;

/**
 * Kafka record headers on what agents send. Access rules cannot stop one host from writing under another's key on a shared
 * topic, so each record carries a MAC under the host's own uplink key.
 */
public final class UplinkHeaders {
    /** HMAC-SHA256, 32 raw bytes, over {@code topic + "\n" + key + "\n"} (UTF-8) followed by the record's value. */
    public static final String MAC = "filon-mac";
    /** The host id that the MAC's key belongs to, UTF-8. */
    public static final String HOST = "filon-host";
    /** Which enrolment of the host the MAC's key belongs to, decimal, UTF-8; absent means the first. */
    public static final String ENROLMENT = "filon-enrolment";
    /**
     * On events: {@code incarnation/sequence/hash of the link before} (decimal, decimal, 64 hex digits), the record's place in the chain
     * of what this life of the agent wrote to the topic; absent from agents that do not chain.
     */
    public static final String LINK = "filon-link";
    /** On events with a {@link #LINK}: SHA256withECDSA over the hash of the link, by the key of the host's certificate. */
    public static final String SIGNATURE = "filon-signature";
    /** On dead letters and in quarantine: why, UTF-8. */
    public static final String REASON = "filon-reason";
    /** On dead letters: {@code topic/partition/offset} of the original, UTF-8. */
    public static final String ORIGIN = "filon-origin";

    private UplinkHeaders() {}
}
