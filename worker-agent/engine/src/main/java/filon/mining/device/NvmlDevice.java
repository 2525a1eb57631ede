package filon.mining.device;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A device as NVML knows it. Each method throws {@link NvmlException} where NVML refuses. */
final class NvmlDevice {
    private static final int TEMPERATURE_OF_GPU = 0;

    private final Nvml nvml;
    private final String pciId;
    private final MemorySegment handle;

    NvmlDevice(Nvml nvml, String pciId, MemorySegment handle) {
        this.nvml = nvml;
        this.pciId = pciId;
        this.handle = handle;
    }

    int temperatureCelsius() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment celsius = arena.allocate(JAVA_INT);
            nvml.call(NvmlFunction.nvmlDeviceGetTemperature, pciId, handle, TEMPERATURE_OF_GPU, celsius);
            return celsius.get(JAVA_INT, 0);
        }
    }

    long powerMilliwatt() {
        return milliwatt(NvmlFunction.nvmlDeviceGetPowerUsage);
    }

    /** The limit as it was set, which something else may undercut. */
    long powerLimitMilliwatt() {
        return milliwatt(NvmlFunction.nvmlDeviceGetPowerManagementLimit);
    }

    private long milliwatt(NvmlFunction function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment milliwatt = arena.allocate(JAVA_INT);
            nvml.call(function, pciId, handle, milliwatt);
            return Integer.toUnsignedLong(milliwatt.get(JAVA_INT, 0));
        }
    }

    /** The power limits that the device takes. */
    PowerRange powerRange() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment least = arena.allocate(JAVA_INT);
            MemorySegment most = arena.allocate(JAVA_INT);
            nvml.call(NvmlFunction.nvmlDeviceGetPowerManagementLimitConstraints, pciId, handle, least, most);
            return new PowerRange(
                    Integer.toUnsignedLong(least.get(JAVA_INT, 0)), Integer.toUnsignedLong(most.get(JAVA_INT, 0)));
        }
    }

    /** @param milliwatt below two to the 32nd */
    void setPowerLimit(long milliwatt) {
        nvml.call(NvmlFunction.nvmlDeviceSetPowerManagementLimit, pciId, handle, (int) milliwatt);
    }

    void lockClock(int megahertz) {
        nvml.call(NvmlFunction.nvmlDeviceSetGpuLockedClocks, pciId, handle, megahertz, megahertz);
    }

    void resetClock() {
        nvml.call(NvmlFunction.nvmlDeviceResetGpuLockedClocks, pciId, handle);
    }
}
