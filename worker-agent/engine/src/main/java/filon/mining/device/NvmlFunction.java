package filon.mining.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/**
 * The functions of NVML that are used, spelt as there; each returns an {@code nvmlReturn_t}. Addresses are {@code nvmlDevice_t}, C strings and
 * {@code unsigned int *}; numbers are {@code unsigned int}, {@code unsigned long long} and enumerations.
 *
 * <p>Source: NVML API Reference Guide, "Initialization and Cleanup", "Device Queries", "Device Commands", "Event Handling
 * Methods" (docs.nvidia.com/deploy/nvml-api).
 */
enum NvmlFunction {
    nvmlInit_v2(),
    nvmlShutdown(),
    nvmlDeviceGetHandleByPciBusId_v2(ADDRESS, ADDRESS),
    nvmlDeviceGetTemperature(ADDRESS, JAVA_INT, ADDRESS),
    nvmlDeviceGetPowerUsage(ADDRESS, ADDRESS),
    nvmlDeviceGetFanSpeed(ADDRESS, ADDRESS),
    nvmlDeviceGetClockInfo(ADDRESS, JAVA_INT, ADDRESS),
    nvmlDeviceGetTotalEccErrors(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
    nvmlEventSetCreate(ADDRESS),
    nvmlDeviceRegisterEvents(ADDRESS, JAVA_LONG, ADDRESS),
    nvmlEventSetWait_v2(ADDRESS, ADDRESS, JAVA_INT),
    nvmlDeviceGetPowerManagementLimit(ADDRESS, ADDRESS),
    nvmlDeviceGetPowerManagementLimitConstraints(ADDRESS, ADDRESS, ADDRESS),
    nvmlDeviceSetPowerManagementLimit(ADDRESS, JAVA_INT),
    nvmlDeviceSetGpuLockedClocks(ADDRESS, JAVA_INT, JAVA_INT),
    nvmlDeviceResetGpuLockedClocks(ADDRESS);

    private final FunctionDescriptor descriptor;

    NvmlFunction(MemoryLayout... arguments) {
        this.descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }
}
