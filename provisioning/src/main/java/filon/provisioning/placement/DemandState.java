package filon.provisioning.placement;

/** What becomes of a rental's wish for GPUs; {@code demand.mmd} beside this file draws the moves. */
public sealed interface DemandState {
    /** Resting: nothing was heard of the rental yet. */
    record Unheard() implements DemandState {}

    /** Working: looked at again every few seconds; without a host it stays, and the reasons are told. */
    record Awaiting() implements DemandState {}

    /** Resting: it has a lease. */
    record Placed() implements DemandState {}

    /** Resting: it must not run until it is funded again. */
    record Suspended() implements DemandState {}

    /** Final: it is not wanted any more. */
    record Over() implements DemandState {}

    /** The name that is stored and shown. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** @throws IllegalArgumentException if no state has this name */
    static DemandState of(String label) {
        return switch (label) {
            case "Unheard" -> new Unheard();
            case "Awaiting" -> new Awaiting();
            case "Placed" -> new Placed();
            case "Suspended" -> new Suspended();
            case "Over" -> new Over();
            default -> throw new IllegalArgumentException("no demand state is named " + label);
        };
    }
}
