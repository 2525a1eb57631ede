package filon.api.fleet;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import java.util.Optional;

/**
 * A device of a host; {@code lease} and {@code rental} are empty while it is free.
 *
 * @param standing how the device is; empty until provisioning has told it
 */
public record Gpu(
        GpuId id,
        String name,
        DeviceKind kind,
        long memoryBytes,
        Optional<LeaseId> lease,
        Optional<RentalId> rental,
        Optional<Live> live,
        Optional<Standing> standing) {
    public boolean isFree() {
        return lease.isEmpty();
    }
}
