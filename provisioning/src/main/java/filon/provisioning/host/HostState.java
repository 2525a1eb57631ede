package filon.provisioning.host;

import java.time.Duration;

/**
 * Where a host stands; {@code host.mmd} beside this file draws the moves.
 *
 * <p>Any failure leads to {@link Quarantined}; the only way back from there is through a burn-in.
 */
public sealed interface HostState {

    /** Its certificate is issued, its topics and access rules are being made. */
    record Enrolled() implements HostState {}

    /** Somebody enrolled with its token; its serial number or a person has to confirm that it is the machine that was meant. */
    record Verifying() implements HostState {}

    /** It reports; what it reports is being looked at. */
    record Inspecting() implements HostState {}

    /** Its GPUs are being tried under load. */
    record BurningIn() implements HostState {}

    /** It can be leased. */
    record Available() implements HostState {}

    /** A lease was granted and the host has not yet said anything of its workload. */
    record Reserved() implements HostState {}

    /** It works for a customer. */
    record InService() implements HostState {}

    /** It finishes what it has and gets nothing new. */
    record Draining() implements HostState {}

    /** Empty, and out of service because a person wanted it so. */
    record Maintenance() implements HostState {}

    /** Something is wrong or unknown; a person decides. */
    record Quarantined() implements HostState {}

    /** Gone for ever. */
    record Retired() implements HostState {}

    /** What waiting in a state means. */
    sealed interface Phase {
        /** It may stay so. */
        record Resting() implements Phase {}

        /** Something has to happen within the time; {@code silence} is what it means when it did not. */
        record Working(Duration within, String silence) implements Phase {}

        /** Nothing more happens. */
        record Final() implements Phase {}
    }

    /** Who has to act for the host to get on. */
    enum Move {
        PLATFORM,
        HOST,
        OPERATOR,
        NOBODY
    }

    default Phase phase() {
        return switch (this) {
            case Enrolled s -> new Phase.Working(Duration.ofHours(24), "its topics could not be made within a day");
            case Verifying s ->
                new Phase.Working(Duration.ofHours(24), "nobody confirmed its fingerprint within a day");
            case Inspecting s -> new Phase.Working(Duration.ofMinutes(10), "it reported no device in ten minutes");
            case BurningIn s -> new Phase.Working(Duration.ofHours(4), "its burn-in did not end in four hours");
            case Reserved s -> new Phase.Working(Duration.ofMinutes(10), "it did not take its order in ten minutes");
            case Draining s -> new Phase.Working(Duration.ofHours(72), "it was not empty after 72 hours");
            case Available s -> new Phase.Resting();
            case InService s -> new Phase.Resting();
            case Maintenance s -> new Phase.Resting();
            case Quarantined s -> new Phase.Resting();
            case Retired s -> new Phase.Final();
        };
    }

    default Move move() {
        return switch (this) {
            case Enrolled s -> Move.PLATFORM;
            case Verifying s -> Move.OPERATOR;
            case Inspecting s -> Move.HOST;
            case BurningIn s -> Move.PLATFORM;
            case Available s -> Move.NOBODY;
            case Reserved s -> Move.HOST;
            case InService s -> Move.NOBODY;
            case Draining s -> Move.HOST;
            case Maintenance s -> Move.OPERATOR;
            case Quarantined s -> Move.OPERATOR;
            case Retired s -> Move.NOBODY;
        };
    }

    /** Whether free GPUs of a host in this state may be leased. */
    default boolean isPlaceable() {
        return switch (this) {
            case Available s -> true;
            case Reserved s -> true;
            case InService s -> true;
            case Enrolled s -> false;
            case Verifying s -> false;
            case Inspecting s -> false;
            case BurningIn s -> false;
            case Draining s -> false;
            case Maintenance s -> false;
            case Quarantined s -> false;
            case Retired s -> false;
        };
    }

    /** Whether its silence means something: whoever is set aside may be switched off. */
    default boolean isExpectedToReport() {
        return switch (this) {
            case Inspecting s -> true;
            case BurningIn s -> true;
            case Available s -> true;
            case Reserved s -> true;
            case InService s -> true;
            case Draining s -> true;
            case Enrolled s -> false;
            case Verifying s -> false;
            case Maintenance s -> false;
            case Quarantined s -> false;
            case Retired s -> false;
        };
    }

    /** The name that is stored and shown. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** @throws IllegalArgumentException if no state has this name */
    static HostState of(String label) {
        return switch (label) {
            case "Enrolled" -> new Enrolled();
            case "Verifying" -> new Verifying();
            case "Inspecting" -> new Inspecting();
            case "BurningIn" -> new BurningIn();
            case "Available" -> new Available();
            case "Reserved" -> new Reserved();
            case "InService" -> new InService();
            case "Draining" -> new Draining();
            case "Maintenance" -> new Maintenance();
            case "Quarantined" -> new Quarantined();
            case "Retired" -> new Retired();
            default -> throw new IllegalArgumentException("no host state is named " + label);
        };
    }
}
