package filon.mining.device;

/** Reads a device's sensors. */
@FunctionalInterface
public interface Sensors {
    Readings read();

    /** Those of this device: NVML where it knows the device, else the kernel's hwmon files behind its PCI id, or none. */
    static Sensors of(Device device) {
        return device.pciId().map(Sensors::behind).orElse(() -> Readings.NONE);
    }

    private static Sensors behind(String pciId) {
        return Nvml.present().flatMap(nvml -> NvmlSensors.of(nvml, pciId)).orElseGet(() -> HwmonSensors.of(pciId));
    }
}
