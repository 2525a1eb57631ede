package filon.mining.burnin;

import filon.mining.device.Device;
import java.util.List;
import java.util.Optional;

/**
 * What a burn-in found of one device; as JSON it is one line of {@code filon-miner --burn-in --json}.
 *
 * @param deviceIndex its place over all platforms
 */
public record DeviceResult(
        int deviceIndex,
        String device,
        String driver,
        Optional<String> pciId,
        boolean passed,
        List<Check> checks,
        List<MeasuredRate> benchmarks) {
    public DeviceResult {
        checks = List.copyOf(checks);
        benchmarks = List.copyOf(benchmarks);
    }

    static DeviceResult of(Device device, List<Check> checks, List<MeasuredRate> benchmarks) {
        return new DeviceResult(
                device.index(),
                device.name(),
                device.driver(),
                device.pciId(),
                !checks.isEmpty() && checks.stream().allMatch(Check::passed),
                checks,
                benchmarks);
    }
}
