package filon.mining.burnin;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.WrongAlgorithm;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnInTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final ProofOfWork SHA256D = ProofsOfWork.of("sha256d");
    private final Device device = Devices.select(DeviceSelector.first());
    private final List<String> progress = new ArrayList<>();

    @Test
    void provesADeviceTestsItsMemoryAndMeasuresItSeveralTimes() {
        // When
        DeviceResult result = burnIn(SHA256D, MemoryTrial.Disturbance.NONE).run(device);

        // Then
        assertThat(result.passed()).as(result.checks().toString()).isTrue();
        assertThat(result.checks())
                .extracting(Check::name)
                .containsExactly("known answers: sha256d", "memory", "answers under load: sha256d");
        assertThat(result.benchmarks()).singleElement().satisfies(rate -> {
            assertThat(rate.lowHs()).isPositive().isLessThanOrEqualTo(rate.medianHs());
            assertThat(rate.highHs()).isGreaterThanOrEqualTo(rate.medianHs());
            assertThat(rate.runs()).isEqualTo(5);
            assertThat(rate.measuredAt()).isEqualTo(NOW);
            assertThat(rate.relativeSpread()).isEqualTo((rate.highHs() - rate.lowHs()) / (double) rate.medianHs());
        });
        assertThat(progress).contains("sha256d: measuring, run 5 of 5");
    }

    @Test
    void failsADeviceWhoseMemoryLosesAWordAndStillTriesTheRest() {
        // Given
        BurnIn burnIn = burnIn(SHA256D, (blocks, pattern) -> blocks.block(0)
                .write(0, ByteBuffer.allocateDirect(4).putInt(0, 7)));

        // When
        DeviceResult result = burnIn.run(device);

        // Then
        assertThat(result.passed()).isFalse();
        assertThat(result.checks())
                .filteredOn(check -> !check.passed())
                .extracting(Check::name)
                .containsExactly("memory");
        assertThat(result.benchmarks()).hasSize(1);
    }

    @Test
    void failsADeviceThatComputesWrongAnswersAndMeasuresNothingOfIt() {
        // When
        DeviceResult result = burnIn(new WrongAlgorithm(SHA256D), MemoryTrial.Disturbance.NONE)
                .run(device);

        // Then
        assertThat(result.passed()).isFalse();
        assertThat(result.checks())
                .filteredOn(check -> !check.passed())
                .extracting(Check::name)
                .containsExactly("known answers: sha256d", "answers under load: sha256d");
        assertThat(result.benchmarks()).isEmpty();
    }

    @Test
    void wipesAndChecksWithoutMeasuring() {
        // When
        DeviceResult result = burnIn(SHA256D, MemoryTrial.Disturbance.NONE).wipe(device);

        // Then
        assertThat(result.passed()).isTrue();
        assertThat(result.checks()).extracting(Check::name).containsExactly("wipe");
    }

    private BurnIn burnIn(ProofOfWork algorithm, MemoryTrial.Disturbance disturbance) {
        BurnIn.Plan plan = new BurnIn.Plan(List.of(algorithm), 1, Duration.ofMillis(100));
        return new BurnIn(
                plan, Clock.fixed(NOW, ZoneOffset.UTC), progress::add, new MemoryTrial(progress::add, disturbance));
    }
}
