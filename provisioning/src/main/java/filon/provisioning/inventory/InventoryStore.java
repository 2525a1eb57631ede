package filon.provisioning.inventory;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps GPUs, their health, their measurements and their allocations. */
public interface InventoryStore {
    List<InventoryGpu> of(HostId host);

    Map<HostId, List<InventoryGpu>> ofAll();

    /** What the host named when it said last what it has. */
    List<Gpu> named(HostId host);

    Optional<HostId> hostOf(GpuId gpu);

    /** How the GPU is, with everybody else who decides on it shut out until the transaction ends. */
    Optional<GpuHealth> lock(GpuId gpu);

    void save(GpuId gpu, GpuHealth health);

    /** Keeps what a host says of a GPU. @param first how it is if it was never heard of */
    void put(HostId host, Gpu gpu, GpuHealth first);

    void markAbsent(GpuId gpu);

    /** Keeps the measurement in the place of the one before. */
    void put(GpuId gpu, MeasuredRate rate);

    /** @return false if the GPU has a live allocation, is not the host's, or is not in a state to be leased */
    boolean allocate(HostId host, LeaseId lease, RentalId rental, GpuId gpu);

    void markStopped(LeaseId lease, GpuId gpu, Instant now);

    List<GpuId> unstopped(LeaseId lease);

    void release(LeaseId lease, Instant now);

    void release(LeaseId lease, GpuId gpu, Instant now);

    /** Keeps the lease's GPUs from others until each is wiped; those whose wipe has ended already are free. */
    void awaitWipe(LeaseId lease, Instant by, Instant now);

    /** @return false if the GPU is not the lease's any more, or its wipe had ended before */
    boolean endWipe(LeaseId lease, GpuId gpu, Instant now);

    /** Leases that have ended and of whose wipes nobody heard by their time. */
    List<LeaseId> unwipedBy(Instant now);

    /** The GPUs of a lease that has ended which are not wiped. */
    List<GpuId> unwiped(LeaseId lease);
}
