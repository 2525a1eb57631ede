package filon.mining.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ends the right to mine at the authorised instant. The instant is also kept on the monotonic clock, so that a wall clock set back
 * gives no extra time. Belongs to one thread.
 */
final class DeadManSwitch {
    private final Clock clock;
    private final LongSupplier ticker;
    private Optional<Instant> until = Optional.empty();
    private long untilNanos;

    DeadManSwitch(Clock clock, LongSupplier ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Takes a new authorisation, longer or shorter; one already known changes nothing. */
    void authorise(Authorisation authorisation) {
        if (until.filter(authorisation.authorisedUntil()::equals).isEmpty()) {
            until = Optional.of(authorisation.authorisedUntil());
            untilNanos = ticker.getAsLong() + nanosUntil(authorisation.authorisedUntil());
        }
    }

    private long nanosUntil(Instant instant) {
        Duration left = Duration.between(clock.instant(), instant);
        Duration bounded = left.compareTo(Duration.ofDays(3650)) > 0 ? Duration.ofDays(3650) : left;
        return bounded.isNegative() ? 0 : bounded.toNanos();
    }

    /** How long mining may go on; zero once expired or when never authorised. */
    Duration left() {
        if (until.isEmpty()) {
            return Duration.ZERO;
        }
        long nanos = Math.min(untilNanos - ticker.getAsLong(), nanosUntil(until.get()));
        return Duration.ofNanos(Math.max(0, nanos));
    }

    boolean isExpired() {
        return left().isZero();
    }
}
