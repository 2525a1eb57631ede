package filon.provisioning.burnin;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.GpuId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a finished report means: a pure function of it and of the devices that were to be tried. The host's own word is not enough: every device
 * must be there, with checks that all passed.
 *
 * @param reason for people
 */
record BurnInVerdict(boolean isPassed, String reason) {
    private static final int DEVICES_NAMED_MAX = 8;

    static BurnInVerdict of(List<GpuId> gpus, BurnInReported report) {
        Map<GpuId, BurnInDevice> devices = report.devices().stream()
                .collect(Collectors.toMap(BurnInDevice::gpuId, Function.identity(), (first, second) -> first));
        List<String> complaints = new ArrayList<>();
        for (GpuId gpu : gpus) {
            complaint(gpu, Optional.ofNullable(devices.get(gpu))).ifPresent(complaints::add);
        }
        if (complaints.isEmpty() && report.state() == BurnInState.PASSED) {
            return new BurnInVerdict(
                    true,
                    "burn-in passed: "
                            + listed(report.devices().stream()
                                    .map(BurnInVerdict::rates)
                                    .toList()));
        }
        boolean saysMore = complaints.isEmpty() || report.devices().isEmpty();
        return new BurnInVerdict(false, "burn-in failed: " + (saysMore ? report.progress() : listed(complaints)));
    }

    private static Optional<String> complaint(GpuId gpu, Optional<BurnInDevice> device) {
        if (device.isEmpty()) {
            return Optional.of("GPU " + gpu + " was not tried to the end");
        }
        List<BurnInCheck> checks = device.get().checks();
        String failed = checks.stream()
                .filter(check -> !check.passed())
                .map(check -> check.name() + ": " + check.detail())
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            return Optional.of("GPU " + gpu + ": " + failed);
        }
        return device.get().passed() && !checks.isEmpty()
                ? Optional.empty()
                : Optional.of("GPU " + gpu + ": it says that it did not pass");
    }

    private static String rates(BurnInDevice device) {
        String rates = device.benchmarks().stream().map(BurnInVerdict::rate).collect(Collectors.joining(", "));
        return "GPU " + device.gpuId() + (rates.isEmpty() ? " without a rate" : " " + rates);
    }

    private static String rate(BurnInBenchmark benchmark) {
        return benchmark.algorithm().label() + " " + benchmark.median() + " (" + benchmark.low() + " to "
                + benchmark.high() + ")";
    }

    private static String listed(List<String> lines) {
        String named = lines.stream().limit(DEVICES_NAMED_MAX).collect(Collectors.joining("; "));
        return lines.size() <= DEVICES_NAMED_MAX
                ? named
                : named + "; and " + (lines.size() - DEVICES_NAMED_MAX) + " more";
    }
}
