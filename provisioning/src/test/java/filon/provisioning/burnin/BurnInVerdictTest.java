package filon.provisioning.burnin;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BurnInVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final HostId HOST = HostId.of(new UUID(0, 1));
    private static final BurnInId ID = BurnInId.of(new UUID(0, 2));
    private static final GpuId FIRST = GpuId.of(HOST + "-0");
    private static final GpuId SECOND = GpuId.of(HOST + "-1");

    @Test
    void namesEveryDeviceWithItsRateAndSpreadWhenAllPassed() {
        // When
        BurnInVerdict verdict = verdict(BurnInState.PASSED, device(FIRST, true), device(SECOND, true));

        // Then
        assertThat(verdict.isPassed()).isTrue();
        assertThat(verdict.reason())
                .startsWith("burn-in passed: GPU " + FIRST + " sha256d 200 H/s (100 H/s to 300 H/s); GPU " + SECOND);
    }

    @Test
    void namesTheDeviceAndTheCheckThatFailed() {
        // When
        BurnInVerdict verdict = verdict(BurnInState.FAILED, device(FIRST, true), device(SECOND, false));

        // Then
        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.reason()).isEqualTo("burn-in failed: GPU " + SECOND + ": memory: a word differs");
    }

    @Test
    void doesNotTakeAHostsWordForADeviceThatIsMissingOrFailedACheck() {
        assertThat(verdict(BurnInState.PASSED, device(FIRST, true)).isPassed()).isFalse();
        assertThat(verdict(BurnInState.PASSED).isPassed()).isFalse();
        assertThat(verdict(BurnInState.PASSED, device(FIRST, true), device(SECOND, false))
                        .isPassed())
                .isFalse();
        assertThat(verdict(
                                BurnInState.PASSED,
                                device(FIRST, true),
                                new BurnInDevice(SECOND, true, List.of(), List.of()))
                        .isPassed())
                .isFalse();
        assertThat(verdict(BurnInState.FAILED, device(FIRST, true), device(SECOND, true))
                        .isPassed())
                .isFalse();
    }

    @Test
    void saysWhatTheHostSaidWhereNoDeviceWasTried() {
        assertThat(verdict(BurnInState.FAILED).reason()).isEqualTo("burn-in failed: what the host says");
    }

    @Test
    void believesNoReportThatCouldFillOrStopTheDatabase() {
        assertThat(contradiction("fine", NOW, device(FIRST, true))).isEmpty();
        assertThat(contradiction("fine", NOW, device(GpuId.of("another"), true)))
                .isPresent();
        assertThat(contradiction("fine", NOW, device(FIRST, true), device(FIRST, true)))
                .isPresent();
        assertThat(contradiction("x".repeat(1_001), NOW)).isPresent();
        assertThat(contradiction("\0", NOW)).isPresent();
        assertThat(contradiction("fine", NOW.plus(Duration.ofDays(2)))).isPresent();
        assertThat(contradiction("fine", Instant.MIN)).isPresent();
    }

    private static Optional<String> contradiction(String progress, Instant at, BurnInDevice... devices) {
        BurnIn ordered = new BurnIn(
                ID,
                HOST,
                NOW,
                BurnIn.State.ORDERED,
                "ordered",
                List.of(FIRST, SECOND),
                List.of(Algorithm.SHA256D),
                1,
                NOW,
                NOW.plusSeconds(600),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return BurnInReportRules.contradiction(
                ordered,
                new BurnInReported(HOST, 1, ID, BurnInState.RUNNING, progress, at, null, List.of(devices), NOW),
                NOW);
    }

    private static BurnInVerdict verdict(BurnInState state, BurnInDevice... devices) {
        return BurnInVerdict.of(
                List.of(FIRST, SECOND),
                new BurnInReported(HOST, 1, ID, state, "what the host says", NOW, NOW, List.of(devices), NOW));
    }

    private static BurnInDevice device(GpuId gpu, boolean passed) {
        BurnInCheck check = new BurnInCheck("memory", passed, passed ? "no word differs" : "a word differs", 1);
        BurnInBenchmark rate =
                new BurnInBenchmark(Algorithm.SHA256D, HashRate.of(200), HashRate.of(100), HashRate.of(300), 5, 5);
        return new BurnInDevice(gpu, passed, List.of(check), List.of(rate));
    }
}
