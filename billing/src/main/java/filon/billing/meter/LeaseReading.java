package filon.billing.meter;

import java.util.List;
import java.util.Optional;

/** A lease with all that was metered under it. */
public record LeaseReading(Lease lease, Optional<LeaseEnd> end, List<GpuReading> gpus) {
    public LeaseReading {
        gpus = List.copyOf(gpus);
    }
}
