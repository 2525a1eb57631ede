package filon.agent.burnin;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.mining.burnin.Check;
import filon.mining.burnin.DeviceResult;
import filon.mining.burnin.MeasuredRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a burn-in ended.
 *
 * @param summary for people
 */
record Outcome(BurnInState state, String summary, List<BurnInDevice> devices) {
    private static final int DETAIL_LENGTH_MAX = 500;

    static Outcome failed(String why) {
        return new Outcome(BurnInState.FAILED, shortened(why), List.of());
    }

    /**
     * @param gpus in the order in which the child was told to try them
     * @param results of those that it got to, in the same order
     * @param fault why the child itself did not end well; empty when it did
     */
    static Outcome of(List<GpuId> gpus, List<DeviceResult> results, Optional<String> fault) {
        List<BurnInDevice> devices = new ArrayList<>();
        for (int i = 0; i < Math.min(gpus.size(), results.size()); i++) {
            devices.add(device(gpus.get(i), results.get(i)));
        }
        List<String> complaints = Stream.of(
                        devices.stream().flatMap(Outcome::complaints),
                        gpus.stream().skip(devices.size()).map(gpu -> "GPU " + gpu + " was not tried to the end"),
                        fault.stream())
                .flatMap(each -> each)
                .toList();
        if (complaints.isEmpty()) {
            return new Outcome(
                    BurnInState.PASSED,
                    devices.size() + (devices.size() == 1 ? " device" : " devices") + " passed",
                    devices);
        }
        return new Outcome(BurnInState.FAILED, shortened(String.join("; ", complaints)), devices);
    }

    private static Stream<String> complaints(BurnInDevice device) {
        if (device.passed()) {
            return Stream.empty();
        }
        String failed = device.checks().stream()
                .filter(check -> !check.passed())
                .map(check -> check.name() + ": " + check.detail())
                .collect(Collectors.joining(", "));
        return Stream.of("GPU " + device.gpuId() + ": " + (failed.isEmpty() ? "nothing was checked" : failed));
    }

    private static BurnInDevice device(GpuId gpu, DeviceResult result) {
        return new BurnInDevice(
                gpu,
                result.passed(),
                result.checks().stream().map(Outcome::check).toList(),
                result.benchmarks().stream()
                        .flatMap(rate ->
                                Algorithm.named(rate.algorithm()).map(algorithm -> benchmark(algorithm, rate)).stream())
                        .toList());
    }

    private static BurnInCheck check(Check check) {
        return new BurnInCheck(check.name(), check.passed(), shortened(check.detail()), check.seconds());
    }

    private static BurnInBenchmark benchmark(Algorithm algorithm, MeasuredRate rate) {
        return new BurnInBenchmark(
                algorithm,
                HashRate.of(rate.medianHs()),
                HashRate.of(rate.lowHs()),
                HashRate.of(rate.highHs()),
                rate.runs(),
                rate.seconds());
    }

    private static String shortened(String text) {
        return text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX) + "...";
    }
}
