package filon.mining.device;

import filon.contracts.value.DeviceKind;
import java.util.Optional;

/**
 * One OpenCL device as its driver describes it.
 *
 * @param index its place over all platforms; may change when drivers do
 * @param integerVectorWidth 32-bit integers per instruction
 * @param pciId {@code domain:bus:device.function}, where the driver tells
 */
public record Device(
        int index,
        String platform,
        String name,
        String vendor,
        String driver,
        DeviceKind kind,
        long memoryBytes,
        long allocationBytesMax,
        int computeUnits,
        int integerVectorWidth,
        int workGroupSizeMax,
        Optional<String> pciId) {}
