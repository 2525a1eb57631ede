package filon.api;

import filon.testkit.MovableClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Takes the place of the system's clock in tests: it stands at {@link #START} until a test moves it. */
@Singleton
public final class StillClock {
    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    @Produces
    @Singleton
    MovableClock clock() {
        return new MovableClock(START);
    }
}
