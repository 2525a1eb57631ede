package filon.mining.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Sensors as NVML reads them; NVIDIA's driver has no hwmon. */
final class NvmlSensors implements Sensors {
    private final NvmlDevice device;

    NvmlSensors(NvmlDevice device) {
        this.device = device;
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
        return new Readings(temperatureCelsius(), powerMilliwatt());
    }

    private OptionalInt temperatureCelsius() {
        try {
            return OptionalInt.of(device.temperatureCelsius());
        } catch (NvmlException absent) {
            return OptionalInt.empty();
        }
    }

    private OptionalLong powerMilliwatt() {
        try {
            return OptionalLong.of(device.powerMilliwatt());
        } catch (NvmlException absent) {
            return OptionalLong.empty();
        }
    }
}
