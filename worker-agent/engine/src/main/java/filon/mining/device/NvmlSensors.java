package filon.mining.device;

import filon.contracts.value.DeviceSensors;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Sensors as NVML reads them; NVIDIA's driver has no hwmon. Belongs to one thread. */
final class NvmlSensors implements Sensors {
    private static final int FAULTS_PER_READ_MAX = 100;
    private final NvmlDevice device;
    private final Optional<MemorySegment> faults;
    private Optional<Integer> lastXid = Optional.empty();

    NvmlSensors(NvmlDevice device) {
        this.device = device;
        this.faults = offered(device::watchFaults);
    }

    /** Empty where NVML knows no device there, or none that it can read. */
    static Optional<Sensors> of(Nvml nvml, String pciId) {
        try {
            return nvml.device(pciId).map(NvmlSensors::new);
        } catch (NvmlException unusable) {
            return Optional.empty();
        }
    }

    @Override
    public Readings read() {
        faults.ifPresent(this::readFaults);
        DeviceSensors sensors = new DeviceSensors(
                offered(device::fanPercent).orElse(null),
                offered(() -> device.clockMegahertz(NvmlDevice.CLOCK_OF_CORES)).orElse(null),
                offered(() -> device.clockMegahertz(NvmlDevice.CLOCK_OF_MEMORY)).orElse(null),
                offered(device::eccErrors).orElse(null),
                lastXid.orElse(null));
        return new Readings(
                offered(device::temperatureCelsius).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                offered(device::powerMilliwatt).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                sensors.ifAny());
    }

    private void readFaults(MemorySegment set) {
        Optional<Integer> next = offered(() -> device.nextXid(set));
        for (int told = 0; next.isPresent() && told < FAULTS_PER_READ_MAX; told++) {
            lastXid = next;
            next = offered(() -> device.nextXid(set));
        }
    }

    /** Empty where the device, or its driver, does not offer it. */
    private static <T> Optional<T> offered(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (NvmlException absent) {
            return Optional.empty();
        }
    }
}
