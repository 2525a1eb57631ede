package filon.api.fleet;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.util.Optional;

/** A device of a host; {@code lease} and {@code rental} are empty while it is free. */
public record Gpu(
        GpuId id,
        String name,
        DeviceKind kind,
        long memoryBytes,
        Optional<LeaseId> lease,
        Optional<RentalId> rental,
        Optional<Live> live) {
    public boolean isFree() {
        return lease.isEmpty();
    }
}
