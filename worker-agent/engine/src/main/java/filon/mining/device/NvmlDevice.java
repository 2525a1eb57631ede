package filon.mining.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** A device as NVML knows it. Each method throws {@link NvmlException} where NVML refuses. */
final class NvmlDevice {
    /** {@code nvmlClockType_t}. */
    static final int CLOCK_OF_CORES = 0;

    static final int CLOCK_OF_MEMORY = 2;
    private static final int TEMPERATURE_OF_GPU = 0;
    /** {@code NVML_MEMORY_ERROR_TYPE_UNCORRECTED} and {@code NVML_VOLATILE_ECC}. */
    private static final int UNCORRECTED = 1;

    private static final int SINCE_DRIVER_LOAD = 0;
    /** {@code nvmlEventTypeXidCriticalError}. */
    private static final long XID = 8;
    /** {@code nvmlEventData_t}: device, type, data, two instance numbers. */
    private static final long EVENT_BYTES = 32;

    private static final long EVENT_DATA = 16;

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

    int fanPercent() {
        return number(into -> nvml.call(NvmlFunction.nvmlDeviceGetFanSpeed, pciId, handle, into));
    }

    /** @param clock {@link #CLOCK_OF_CORES} or {@link #CLOCK_OF_MEMORY} */
    int clockMegahertz(int clock) {
        return number(into -> nvml.call(NvmlFunction.nvmlDeviceGetClockInfo, pciId, handle, clock, into));
    }

    private static int number(Consumer<MemorySegment> call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            call.accept(number);
            return number.get(JAVA_INT, 0);
        }
    }

    /** Uncorrected errors of the memory since the driver was loaded. */
    long eccErrors() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            nvml.call(NvmlFunction.nvmlDeviceGetTotalEccErrors, pciId, handle, UNCORRECTED, SINCE_DRIVER_LOAD, count);
            return count.get(JAVA_LONG, 0);
        }
    }

    /** From now on the driver keeps this device's faults for {@link #nextXid}. @return the set that they are kept in */
    MemorySegment watchFaults() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(ADDRESS);
            nvml.call(NvmlFunction.nvmlEventSetCreate, pciId, set);
            MemorySegment made = set.get(ADDRESS, 0);
            nvml.call(NvmlFunction.nvmlDeviceRegisterEvents, pciId, handle, XID, made);
            return made;
        }
    }

    /** The number of a fault that was not told yet. @throws NvmlException TIMEOUT if there is none */
    int nextXid(MemorySegment faults) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EVENT_BYTES, Long.BYTES);
            nvml.call(NvmlFunction.nvmlEventSetWait_v2, pciId, faults, event, 0);
            return Math.toIntExact(event.get(JAVA_LONG, EVENT_DATA));
        }
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
