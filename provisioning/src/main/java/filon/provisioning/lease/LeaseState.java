package filon.provisioning.lease;

/** Where a lease stands; {@code lease.mmd} beside this file draws the moves. */
public sealed interface LeaseState {
    /** Resting: the host may run the workload; the authorisation is renewed at its half. */
    record Granted() implements LeaseState {}

    /**
     * Working, until the authorisation ends: the host was told to stop. Silence means that the workload has stopped by itself at
     * the end of its authorisation.
     */
    record Draining() implements LeaseState {}

    /** Final: the GPUs are free. */
    record Ended() implements LeaseState {}

    /** The name that is stored and shown. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** @throws IllegalArgumentException if no state has this name */
    static LeaseState of(String label) {
        return switch (label) {
            case "Granted" -> new Granted();
            case "Draining" -> new Draining();
            case "Ended" -> new Ended();
            default -> throw new IllegalArgumentException("no lease state is named " + label);
        };
    }
}
