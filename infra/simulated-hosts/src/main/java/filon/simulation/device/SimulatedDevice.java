package filon.simulation.device;

import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.DeviceSensors;
import filon.contracts.value.HashRate;
import filon.mining.device.Device;
import filon.mining.device.Readings;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One simulated GPU: what it is, how warm it is, how fast it computes.
 *
 * <p>It warms up and cools down towards a temperature of its load, and slows down when it is hot. What changes belongs to the thread that
 * steps its host; {@link #description} and {@link #isPresent} may be asked by any.
 */
public final class SimulatedDevice {
    private static final double IDLE_CELSIUS = 34;
    private static final double BUSY_CELSIUS = 68;
    private static final double BADLY_COOLED_CELSIUS = 101;
    /** From here on it slows down, by a twenty-fifth per degree, to a third at most. */
    private static final double HOT_CELSIUS = 83;

    private static final double RATE_HOT_MIN = 1.0 / 3;
    private static final double WARMING_SECONDS = 40;
    private static final double IDLE_POWER_SHARE = 0.08;
    private static final int CORE_MEGAHERTZ = 2_400;

    private final DeviceMake make;
    private final int index;
    private final Fate fate;
    private double celsius = IDLE_CELSIUS;
    private boolean isBusy;

    /** @param index its place on its host */
    public SimulatedDevice(DeviceMake make, int index, Fate fate) {
        this.make = make;
        this.index = index;
        this.fate = fate;
    }

    /** As a driver would describe it. */
    public Device description() {
        return new Device(
                index,
                "Simulated platform",
                make.name(),
                "Filon",
                "1.0",
                DeviceKind.GPU,
                make.memoryBytes(),
                make.memoryBytes() / 4,
                make.computeUnits(),
                1,
                1_024,
                Optional.of(pciId()));
    }

    /** {@code domain:bus:device.function}. */
    public String pciId() {
        return String.format("0000:%02x:00.0", index + 1);
    }

    public boolean isPresent(Duration at) {
        return fate.at(FaultKind.LOST_GPU, index, at).isEmpty();
    }

    /** Whether its proof fails. */
    public boolean isWrong(Duration at) {
        return fate.at(FaultKind.WRONG_HASHES, index, at).isPresent();
    }

    /** Whether it finishes no batch. */
    public boolean isHung(Duration at) {
        return fate.at(FaultKind.HUNG, index, at).isPresent();
    }

    /** Lets time pass over it, with a load or without. */
    public void step(Duration at, Duration elapsed, boolean busy) {
        isBusy = busy;
        boolean isBadlyCooled = fate.at(FaultKind.THERMAL_THROTTLE, index, at).isPresent();
        double hottest = isBadlyCooled ? BADLY_COOLED_CELSIUS : BUSY_CELSIUS;
        double target = busy ? hottest : IDLE_CELSIUS;
        double share = 1 - Math.exp(-elapsed.toMillis() / 1000.0 / WARMING_SECONDS);
        celsius += (target - celsius) * share;
    }

    /** How fast it computes now; zero where it finishes nothing. */
    public HashRate rate(Algorithm algorithm, Duration at) {
        if (isHung(at) || !isPresent(at)) {
            return HashRate.ZERO;
        }
        double slowness = fate.at(FaultKind.SLOW, index, at)
                .map(episode -> 0.05 + 0.25 * episode.size())
                .orElse(1.0);
        HashRate nominal = make.nominal().getOrDefault(algorithm, HashRate.ZERO);
        return HashRate.of((long) (nominal.hashesPerSecond() * slowness * share()));
    }

    private double share() {
        return Math.clamp(1 - (celsius - HOT_CELSIUS) / 25, RATE_HOT_MIN, 1);
    }

    public Readings readings() {
        double load = isBusy ? share() : IDLE_POWER_SHARE;
        return new Readings(
                OptionalInt.of((int) Math.round(celsius)),
                OptionalLong.of((long) (make.powerWattMax() * 1_000L * load)),
                new DeviceSensors(fanPercent(), (int) (CORE_MEGAHERTZ * load), null, null, null).ifAny());
    }

    /** From the temperature at rest to the one from which on nothing cools it any more. */
    private int fanPercent() {
        return (int) Math.clamp(100 * (celsius - IDLE_CELSIUS) / (HOT_CELSIUS - IDLE_CELSIUS), 0, 100);
    }
}
