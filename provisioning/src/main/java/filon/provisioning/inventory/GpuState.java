package filon.provisioning.inventory;

/**
 * Whether a GPU can be trusted with a customer's work; {@code gpu.mmd} beside this file draws the moves.
 *
 * <p>All states are resting: what a GPU waits for is the burn-in of its host, whose deadline is the host's. The only ways to a
 * customer lead through a burn-in that passed or was waived.
 */
public sealed interface GpuState {
    /** Found, or let in again by staff; not tried since. */
    record Untested() implements GpuState {}

    record Healthy() implements GpuState {}

    /** It works, but not as well as it should; taken only where nothing better is free. */
    record Degraded() implements GpuState {}

    /** It does not work, or its host did not name it any more. */
    record Failed() implements GpuState {}

    /** Staff do not want it to be used. */
    record Excluded() implements GpuState {}

    /** Whether it may be leased while it is free. */
    default boolean isPlaceable() {
        return switch (this) {
            case Untested s -> false;
            case Healthy s -> true;
            case Degraded s -> true;
            case Failed s -> false;
            case Excluded s -> false;
        };
    }

    /** The name that is stored and shown. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** @throws IllegalArgumentException if no state has this name */
    static GpuState of(String label) {
        return switch (label) {
            case "Untested" -> new Untested();
            case "Healthy" -> new Healthy();
            case "Degraded" -> new Degraded();
            case "Failed" -> new Failed();
            case "Excluded" -> new Excluded();
            default -> throw new IllegalArgumentException("no GPU state is named " + label);
        };
    }
}
