package filon.provisioning.burnin;

import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.GpuId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a report of an ordered burn-in cannot say: a host must not be able to fill or to stop the database. */
final class BurnInReportRules {
    private static final int TEXT_LENGTH_MAX = 1_000;
    private static final int CHECKS_MAX = 64;
    /** So far may a host's clock be off. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    private BurnInReportRules() {}

    static Optional<String> contradiction(BurnIn ordered, BurnInReported report, Instant now) {
        String burnIn = "burn-in " + ordered.id();
        List<GpuId> gpus = report.devices().stream().map(BurnInDevice::gpuId).toList();
        if (!ordered.gpus().containsAll(gpus)) {
            return Optional.of(burnIn + " is of " + ordered.gpus() + ", not of " + gpus);
        }
        if (gpus.stream().distinct().count() < gpus.size()) {
            return Optional.of(burnIn + " tells of one GPU twice");
        }
        if (report.devices().stream().anyMatch(device -> device.checks().size() > CHECKS_MAX)) {
            return Optional.of(burnIn + " has more than " + CHECKS_MAX + " checks of one GPU");
        }
        if (texts(report).anyMatch(text -> text.length() > TEXT_LENGTH_MAX || text.indexOf(0) >= 0)) {
            return Optional.of(burnIn + " has a text that nobody could read");
        }
        Instant earliest = ordered.orderedAt().minus(CLOCK_TOLERANCE);
        Instant latest = now.plus(CLOCK_TOLERANCE);
        return Stream.of(report.startedAt(), report.endedAt(), report.at())
                .filter(Objects::nonNull)
                .filter(at -> at.isBefore(earliest) || at.isAfter(latest))
                .findFirst()
                .map(at -> burnIn + " was ordered at " + ordered.orderedAt() + ", and tells of " + at);
    }

    private static Stream<String> texts(BurnInReported report) {
        Stream<BurnInCheck> checks = report.devices().stream().flatMap(device -> device.checks().stream());
        return Stream.concat(
                Stream.of(report.progress()), checks.flatMap(check -> Stream.of(check.name(), check.detail())));
    }
}
