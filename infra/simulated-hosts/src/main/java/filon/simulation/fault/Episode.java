package filon.simulation.fault;

import java.time.Duration;

/**
 * One fault of one host.
 *
 * @param from and {@code until}: counted from the fleet's begin, half-open
 * @param gpu the place of the GPU that it is about, where it is about one
 * @param size how bad it is, 0 to 1; what that means is the fault's own
 */
public record Episode(FaultKind kind, Duration from, Duration until, int gpu, double size) {
    /** Longer than any fleet lives, and far from what a duration cannot hold. */
    static final Duration FOR_EVER = Duration.ofDays(10_000);

    boolean covers(Duration at) {
        return at.compareTo(from) >= 0 && at.compareTo(until) < 0;
    }

    /** For people: what, where, when. */
    @Override
    public String toString() {
        Duration lasting = until.minus(from);
        return kind.label() + (kind.isOfGpu() ? " of GPU " + gpu : "") + " after " + from.toSeconds() + " s, "
                + (lasting.compareTo(FOR_EVER) >= 0 ? "for ever" : "for " + lasting.toSeconds() + " s");
    }
}
