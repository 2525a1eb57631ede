package filon.mining.burnin;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.TuningStore;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries devices under load: known answers of each algorithm, all memory that the device gives, then the hash rate of each algorithm, with a
 * look at its answers before and after. An algorithm whose table a device has no room for is not measured on it. What fails is told and the next thing is tried, as whoever repairs a device wants to know all that is wrong with it.
 *
 * <p>A driver that hangs hangs this as well: whoever starts it sets the limit.
 */
public final class BurnIn {
    /** What a driver, a display or another program may still need is left alone. */
    public static final int MEMORY_PERCENT_USUAL = 80;

    private final Plan plan;
    private final Clock clock;
    private final Consumer<String> progress;
    private final MemoryTrial memory;

    /**
     * What to do on each device.
     *
     * @param memoryPercent how much of its memory is tested
     * @param time of each of the runs of a measurement
     */
    public record Plan(List<ProofOfWork> algorithms, int memoryPercent, Duration time) {
        public Plan {
            algorithms = List.copyOf(algorithms);
            if (memoryPercent < 1 || memoryPercent > 95) {
                throw new IllegalArgumentException(
                        memoryPercent + " percent of a device's memory is not within 1 to 95");
            }
        }
    }

    /** @param progress is told, for people, what is being done */
    public BurnIn(Plan plan, Clock clock, Consumer<String> progress) {
        this(plan, clock, progress, new MemoryTrial(progress));
    }

    BurnIn(Plan plan, Clock clock, Consumer<String> progress, MemoryTrial memory) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
        this.memory = memory;
    }

    /** All of it on one device. */
    public DeviceResult run(Device device) {
        return onDevice(device, context -> {
            List<Check> checks = new ArrayList<>();
            List<MeasuredRate> rates = new ArrayList<>();
            for (ProofOfWork algorithm : plan.algorithms()) {
                AlgorithmTrial trial = trial(device, algorithm);
                String name = "known answers: " + algorithm.name();
                checks.add(checked(name, context, watch -> watch.passed(name, trial.knownAnswers(context))));
            }
            checks.add(checked("memory", context, watch -> memory.run(context, bytesWanted(device))));
            for (ProofOfWork algorithm : plan.algorithms()) {
                String name = "answers under load: " + algorithm.name();
                checks.add(checked(name, context, watch -> {
                    try {
                        rates.add(trial(device, algorithm).rate(context));
                        return watch.passed(name, "before and after the runs, bit for bit");
                    } catch (OutOfDeviceMemoryException e) {
                        return watch.passed(name, "not tried: " + e.getMessage());
                    }
                }));
            }
            return DeviceResult.of(device, checks, rates);
        });
    }

    /** Overwrites the device's memory with zeros, and looks whether it holds them. */
    public DeviceResult wipe(Device device) {
        return onDevice(device, context -> {
            Check wiped = checked("wipe", context, watch -> memory.wipe(context, bytesWanted(device)));
            return DeviceResult.of(device, List.of(wiped), List.of());
        });
    }

    private DeviceResult onDevice(Device device, Function<OpenClContext, DeviceResult> trial) {
        progress.accept("device " + device.index() + ": " + device.name() + ", driver " + device.driver());
        try (OpenClContext context = Devices.open(device)) {
            return trial.apply(context);
        } catch (OpenClException e) {
            Check opened = Stopwatch.started().failed("device", e.getMessage());
            return DeviceResult.of(device, List.of(opened), List.of());
        }
    }

    /** A device that computes wrong, or whose driver reports an error, has failed the check; no other is given up for it. */
    private static Check checked(String name, OpenClContext context, Function<Stopwatch, Check> check) {
        Stopwatch watch = Stopwatch.started();
        try {
            return check.apply(watch);
        } catch (DeviceWrongException e) {
            context.programs().distrust();
            return watch.failed(name, e.getMessage());
        } catch (OpenClException e) {
            return watch.failed(name, e.getMessage());
        }
    }

    private AlgorithmTrial trial(Device device, ProofOfWork algorithm) {
        return new AlgorithmTrial(
                algorithm, TuningStore.configured().choice(device, algorithm).tuning(), plan.time(), clock, progress);
    }

    private long bytesWanted(Device device) {
        return MemoryTrial.bytesWanted(device, plan.memoryPercent());
    }
}
