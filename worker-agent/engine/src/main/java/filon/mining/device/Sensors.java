package filon.mining.device;

/** Reads a device's sensors. */
@FunctionalInterface
public interface Sensors {
    Readings read();

    /** Those of this device: the kernel's hwmon files behind its PCI id, or none. */
    static Sensors of(Device device) {
        return device.pciId().<Sensors>map(HwmonSensors::of).orElse(() -> Readings.NONE);
    }
}
