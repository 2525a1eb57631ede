package filon.provisioning.placement;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostState;
import java.util.List;

/** A host as placement sees it. */
public record Candidate(HostId host, String name, HostState state, Connectivity connectivity, List<Device> devices) {
    public Candidate {
        devices = List.copyOf(devices);
    }

    /** One GPU; {@code free} = present and without a lease. */
    public record Device(GpuId id, DeviceKind kind, boolean free) {}
}
