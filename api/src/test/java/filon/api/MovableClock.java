package filon.api;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class MovableClock extends Clock {
    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    /** Takes the place of the system's clock in tests. */
    @Singleton
    public static final class Beans {
        @Produces
        @Singleton
        MovableClock movable() {
            return new MovableClock();
        }
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the API reckons in UTC");
    }
}
