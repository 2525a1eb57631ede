package filon.provisioning.inventory;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.util.List;
import java.util.Optional;

/**
 * A GPU of a host, how it is and who has it.
 *
 * @param present whether the host's latest report names it
 * @param measured what its burn-ins found, one per algorithm
 * @param allocation who has it; null while it is free, see {@link #allocatedTo}
 */
public record InventoryGpu(
        Gpu gpu, boolean present, GpuHealth health, List<MeasuredRate> measured, Allocation allocation) {
    public InventoryGpu {
        measured = List.copyOf(measured);
    }

    /** The lease that has a GPU. */
    public record Allocation(LeaseId leaseId, RentalId rentalId) {}

    public GpuId id() {
        return gpu.gpuId();
    }

    public Optional<Allocation> allocatedTo() {
        return Optional.ofNullable(allocation);
    }

    public boolean isFree() {
        return present && allocation == null;
    }

    public GpuKnown known() {
        return new GpuKnown(
                gpu.gpuId(),
                gpu.name(),
                gpu.kind(),
                gpu.memoryBytes(),
                allocatedTo().map(Allocation::leaseId).orElse(null),
                allocatedTo().map(Allocation::rentalId).orElse(null),
                measured.isEmpty() ? null : measured,
                health.standing());
    }
}
