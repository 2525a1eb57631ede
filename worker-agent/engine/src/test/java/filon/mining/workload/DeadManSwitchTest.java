package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeadManSwitchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private Instant wall = START;
    private long nanos = 1_000;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return wall;
        }
    };
    private final DeadManSwitch deadMan = new DeadManSwitch(clock, () -> nanos);

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    private void authoriseFor(Duration time) {
        deadMan.authorise(new Authorisation(wall.plus(time)));
    }

    @Test
    void isExpiredUntilAuthorised() {
        assertThat(deadMan.isExpired()).isTrue();
    }

    @Test
    void expiresAtTheAuthorisedInstant() {
        authoriseFor(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(deadMan.left()).isEqualTo(Duration.ofNanos(1));

        pass(Duration.ofNanos(1));

        assertThat(deadMan.isExpired()).isTrue();
    }

    @Test
    void isExtendedAndShortenedByANewAuthorisation() {
        authoriseFor(Duration.ofSeconds(30));
        authoriseFor(Duration.ofHours(1));
        assertThat(deadMan.left()).isEqualTo(Duration.ofHours(1));

        authoriseFor(Duration.ZERO);

        assertThat(deadMan.isExpired()).isTrue();
    }

    @Test
    void givesNoExtraTimeWhenTheWallClockIsSetBack() {
        authoriseFor(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(20));
        wall = START.minus(Duration.ofHours(1));

        pass(Duration.ofSeconds(10));

        assertThat(deadMan.isExpired()).isTrue();
    }

    @Test
    void boundsAnAuthorisationUntilTheEndOfTime() {
        deadMan.authorise(new Authorisation(Instant.MAX));

        assertThat(deadMan.isExpired()).isFalse();
    }
}
