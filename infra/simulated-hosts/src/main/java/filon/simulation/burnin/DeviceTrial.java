package filon.simulation.burnin;

import filon.contracts.value.Algorithm;
import filon.mining.burnin.Check;
import filon.mining.burnin.DeviceResult;
import filon.mining.burnin.MeasuredRate;
import filon.mining.device.Device;
import filon.simulation.device.SimulatedDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What a burn-in finds of one simulated device, step by step. Belongs to the thread that steps. */
final class DeviceTrial {
    /** Each run is so much off at most, up or down, as runs on one device are. */
    private static final double NOISE = 0.004;

    private final SimulatedDevice device;
    private final List<Algorithm> algorithms;
    private final Map<Algorithm, Double> hashesOfRun = new EnumMap<>(Algorithm.class);
    private final Map<Algorithm, List<Long>> rates = new EnumMap<>(Algorithm.class);
    private boolean wasLost;
    private boolean wasWrong;

    DeviceTrial(SimulatedDevice device, List<Algorithm> algorithms) {
        this.device = device;
        this.algorithms = List.copyOf(algorithms);
    }

    SimulatedDevice device() {
        return device;
    }

    /** Looks at it, and lets it compute for a time where it is measured. */
    void step(Duration now, Duration elapsed, boolean isMeasured) {
        wasLost |= !device.isPresent(now);
        wasWrong |= device.isWrong(now);
        if (isMeasured) {
            algorithms.forEach(algorithm -> hashesOfRun.merge(
                    algorithm,
                    device.rate(algorithm, now).hashesPerSecond() * (elapsed.toMillis() / 1000.0),
                    Double::sum));
        }
    }

    /** @param time how long the run took */
    void endRun(Duration time) {
        for (Algorithm algorithm : algorithms) {
            List<Long> ofAlgorithm = rates.computeIfAbsent(algorithm, key -> new ArrayList<>());
            double mean = hashesOfRun.getOrDefault(algorithm, 0.0) / (time.toMillis() / 1000.0);
            ofAlgorithm.add((long) (mean * noise(ofAlgorithm.size())));
        }
        hashesOfRun.clear();
    }

    /** The same for the same place and run: a simulation tells the same story twice. */
    private double noise(int run) {
        SplittableRandom random = new SplittableRandom(device.description().index() * 31L + run);
        return 1 + random.nextDouble(-NOISE, NOISE);
    }

    /** @param seconds how long the whole burn-in took */
    DeviceResult result(double seconds, Instant now) {
        List<Check> checks = checks(seconds);
        boolean isPassed = checks.stream().allMatch(Check::passed);
        Device described = device.description();
        return new DeviceResult(
                described.index(),
                described.name(),
                described.driver(),
                described.pciId(),
                isPassed,
                checks,
                wasLost || wasWrong
                        ? List.of()
                        : algorithms.stream()
                                .map(algorithm -> measured(algorithm, seconds, now))
                                .toList());
    }

    private List<Check> checks(double seconds) {
        if (wasLost) {
            return List.of(new Check("device", false, "it is not there any more", seconds));
        }
        List<Check> checks = new ArrayList<>();
        algorithms.forEach(algorithm -> checks.add(answers("known answers: " + algorithm.label(), seconds)));
        checks.add(new Check("memory", true, "a simulated device has none that could fail", seconds));
        algorithms.forEach(algorithm -> checks.add(answers("answers under load: " + algorithm.label(), seconds)));
        return checks;
    }

    private Check answers(String name, double seconds) {
        return new Check(
                name, !wasWrong, wasWrong ? "its hashes are not the CPU's" : "simulated hashes agree", seconds);
    }

    private MeasuredRate measured(Algorithm algorithm, double seconds, Instant now) {
        long[] sorted = rates.get(algorithm).stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        long median = sorted[sorted.length / 2];
        long low = LongStream.of(sorted).min().orElseThrow();
        long high = LongStream.of(sorted).max().orElseThrow();
        return new MeasuredRate(
                algorithm.label(),
                median,
                low,
                high,
                (high - low) / (double) Math.max(1, median),
                sorted.length,
                seconds,
                now);
    }
}
