package filon.provisioning.inventory;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps GPUs and their allocations. */
public interface InventoryStore {
    List<InventoryGpu> of(HostId host);

    Map<HostId, List<InventoryGpu>> ofAll();

    void put(HostId host, Gpu gpu, Instant now);

    void markAbsent(GpuId gpu);

    /** @return false if the GPU has a live allocation, or is not the host's */
    boolean allocate(HostId host, LeaseId lease, RentalId rental, GpuId gpu);

    void markStopped(LeaseId lease, GpuId gpu, Instant now);

    List<GpuId> unstopped(LeaseId lease);

    void release(LeaseId lease, Instant now);
}
