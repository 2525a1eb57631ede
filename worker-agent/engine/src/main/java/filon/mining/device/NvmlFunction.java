package filon.mining.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/**
 * The functions of NVML that are used, spelt as there; each returns an {@code nvmlReturn_t}. Addresses are {@code nvmlDevice_t}, C strings and
 * {@code unsigned int *}; numbers are {@code unsigned int} and enumerations.
 *
 * <p>Source: NVML API Reference Guide, "Initialization and Cleanup", "Device Queries", "Device Commands"
 * (docs.nvidia.com/deploy/nvml-api).
 */
enum NvmlFunction {
    nvmlInit_v2(),
    nvmlShutdown(),
    nvmlDeviceGetHandleByPciBusId_v2(ADDRESS, ADDRESS),
    nvmlDeviceGetTemperature(ADDRESS, JAVA_INT, ADDRESS),
    nvmlDeviceGetPowerUsage(ADDRESS, ADDRESS),
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
