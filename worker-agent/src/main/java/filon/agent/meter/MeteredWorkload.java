package filon.agent.meter;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.nio.file.Path;

/**
 * A workload whose meter is to be read.
 *
 * @param meter its {@code meter.jsonl}
 * @param isOver its process is gone and it will never run again
 */
public record MeteredWorkload(LeaseId leaseId, RentalId rentalId, long epoch, GpuId gpuId, Path meter, boolean isOver) {
    /** {@code lease/gpu}. */
    public String key() {
        return leaseId + "/" + gpuId;
    }
}
