package filon.provisioning.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time without a break in which every sample of a GPU was too slow, by the host's clock.
 *
 * @param samples how many there were
 */
public record Slowness(Instant since, Instant lastAt, int samples) {
    /** So long it has to last before it means something: longer than any job of a pool, or a neighbour's burst on the same host. */
    static final Duration MEANS_SOMETHING_AFTER = Duration.ofMinutes(15);
    /** Half of what an agent says in that time, one every five seconds. */
    static final int SAMPLES_MIN = 90;
    /** Nothing is known of what lies between two samples further apart. */
    static final Duration GAP_MAX = Duration.ofMinutes(1);

    /** @param before empty, or what is known until now; older samples than its last change nothing */
    static Slowness with(Optional<Slowness> before, Instant at) {
        return before.filter(known -> Duration.between(known.lastAt(), at).compareTo(GAP_MAX) <= 0)
                .map(known -> known.and(at))
                .orElseGet(() -> new Slowness(at, at, 1));
    }

    private Slowness and(Instant at) {
        return at.isAfter(lastAt) ? new Slowness(since, at, samples + 1) : this;
    }

    boolean meansSomething() {
        return samples >= SAMPLES_MIN && Duration.between(since, lastAt).compareTo(MEANS_SOMETHING_AFTER) >= 0;
    }
}
