package filon.provisioning.incident;

/** What an incident is a sign of. */
public enum IncidentKind {
    /** A token was redeemed with two keys: somebody has a copy of it. */
    TOKEN_CLONED(Severity.CRITICAL),
    /** Two agents live under one identity: somebody has a copy of it, or a home was set back. */
    TWO_AGENTS(Severity.CRITICAL),
    /** A renewal was forged, replayed or asked for with a certificate that is worth nothing any more. */
    RENEWAL_REFUSED(Severity.WARNING),
    /** Another machine than the expected one came with the token. */
    WRONG_SERIAL(Severity.WARNING),
    /** A person confirmed another key than the host's. */
    WRONG_FINGERPRINT(Severity.WARNING),
    /** A host's chain of events misses links: it was cut off for long, or somebody took records away. */
    UPLINK_GAP(Severity.WARNING),
    /** A record on an uplink was not its host's own word. */
    UPLINK_REFUSED(Severity.WARNING),
    /** Most of the fleet is silent: more likely it is us who do not hear. */
    BRAKE_ENGAGED(Severity.CRITICAL),
    /** What gives hosts up at their deadlines wanted to act on too many of them and waits for a person. */
    DEADLINES_PAUSED(Severity.CRITICAL),
    /** What degrades slow GPUs wanted to act on too many hosts and waits for a person. */
    SLOW_GPUS_PAUSED(Severity.CRITICAL);

    /** Whether it can wait: somebody may be inside already, or customers' work stands at risk. */
    public enum Severity {
        WARNING,
        CRITICAL
    }

    private final Severity severity;

    IncidentKind(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }
}
