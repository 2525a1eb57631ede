package filon.contracts.message;

import filon.contracts.value.DeviceSensors;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import java.time.Instant;

/**
 * One reading of one GPU under work. Topic {@link Topics#FLEET_TELEMETRY}, key = host id.
 *
 * @param temperatureCelsius null where the device offers none
 * @param powerMilliwatts null where the device offers none
 * @param sensors null where the device offers none of them
 */
public record TelemetrySample(
        HostId hostId,
        GpuId gpuId,
        RentalId rentalId,
        Instant at,
        WorkloadState state,
        HashRate hashRate,
        long acceptedShares,
        long rejectedShares,
        Integer temperatureCelsius,
        Long powerMilliwatts,
        DeviceSensors sensors)
        implements Message {
    @Override
    public String key() {
        return hostId.toString();
    }
}
