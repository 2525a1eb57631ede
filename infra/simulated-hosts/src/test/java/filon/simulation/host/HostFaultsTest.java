package filon.simulation.host;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.control.OrderRecord;
import filon.agent.uplink.Uplink;
import filon.agent.uplink.UplinkRecord;
import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import filon.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the faults of a whole host do to the ways in and out, and to the clock. */
class HostFaultsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final List<OrderRecord> delivered = new ArrayList<>();
    private final List<UplinkRecord> sent = new ArrayList<>();
    private int cutOffForLooks;

    @Test
    void deliversOrdersLateAndInTheirOrderWhenTheHostWasCutOff() {
        // Given
        cutOffForLooks = 3;
        List<Duration> waited = new ArrayList<>();
        OrderGate gate = new OrderGate(this::isCutOff, waited::add, delivered::add);

        // When
        gate.pass(order(1));
        gate.pass(order(2));

        // Then
        assertThat(delivered).extracting(OrderRecord::offset).containsExactly(1L, 2L);
        assertThat(waited).hasSize(3);
    }

    @Test
    void sendsNothingWhileTheHostIsCutOff() {
        // Given
        cutOffForLooks = 1;
        CutUplink uplink = new CutUplink(new Noted(), this::isCutOff);

        // When
        boolean wasRefused = uplink.send(record()).isCompletedExceptionally();
        boolean wasRefusedLater = uplink.send(record()).isCompletedExceptionally();

        // Then
        assertThat(wasRefused).isTrue();
        assertThat(wasRefusedLater).isFalse();
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0.0, -PT10M", "0.25, -PT5M15S", "0.5, PT30S", "1.0, PT10M"})
    void stepsTheClockOnceAndForGood(double size, Duration step) {
        // Given
        Duration at = Duration.ofSeconds(30);
        Fate fate = new Fate(List.of(new Episode(FaultKind.CLOCK_JUMP, at, Duration.ofDays(1), 0, size)));
        MovableClock right = new MovableClock(START);
        SteppingClock clock = new SteppingClock(right, fate, () -> Duration.between(START, right.instant()));

        // When
        Instant before = clock.instant();
        Instant after = right.advance(at);

        // Then
        assertThat(before).isEqualTo(START);
        assertThat(clock.instant()).isEqualTo(after.plus(step));
    }

    private boolean isCutOff() {
        cutOffForLooks--;
        return cutOffForLooks >= 0;
    }

    private static OrderRecord order(long offset) {
        return new OrderRecord(offset, "slot", Optional.empty());
    }

    private static UplinkRecord record() {
        return new UplinkRecord("topic", "key", new byte[0], Map.of());
    }

    private final class Noted implements Uplink {
        @Override
        public CompletableFuture<Void> send(UplinkRecord record) {
            sent.add(record);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            sent.clear();
        }
    }
}
