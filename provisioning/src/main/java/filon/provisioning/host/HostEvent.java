package filon.provisioning.host;

/** What can happen to a host. {@code reason} is for people and becomes the reason of the state it leads to. */
public sealed interface HostEvent {
    String reason();

    record TopicsReady(String reason) implements HostEvent {}

    /** Its serial number was the expected one, or a person compared its fingerprint. */
    record IdentityConfirmed(String reason) implements HostEvent {}

    record InspectionPassed(String reason) implements HostEvent {}

    record BurnInPassed(String reason) implements HostEvent {}

    /** The operator's settings ask for no burn-in. */
    record BurnInWaived(String reason) implements HostEvent {}

    record Leased(String reason) implements HostEvent {}

    record WorkloadSeen(String reason) implements HostEvent {}

    /** Its last lease is over. */
    record Freed(String reason) implements HostEvent {}

    record DrainAsked(String reason) implements HostEvent {}

    /** @param code one of those of {@code Quarantined} */
    record Failed(HostReason code, String reason) implements HostEvent {
        public Failed {
            if (!code.belongsTo("Quarantined")) {
                throw new IllegalArgumentException("a host is not quarantined because of " + code);
            }
        }

        /** Something that has no code of its own. */
        public Failed(String reason) {
            this(HostReason.FAULT_FOUND, reason);
        }
    }

    record DeadlinePassed(String reason) implements HostEvent {}

    /** It has a new key and certificate; the old ones are worth nothing any more. */
    record Reenrolled(String reason) implements HostEvent {}

    /** An operator lets it try again. */
    record Readmitted(String reason) implements HostEvent {}

    record RetirementAsked(String reason) implements HostEvent {}
}
