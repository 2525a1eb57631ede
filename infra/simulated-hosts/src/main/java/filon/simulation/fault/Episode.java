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
    boolean covers(Duration at) {
        return at.compareTo(from) >= 0 && at.compareTo(until) < 0;
    }
}
