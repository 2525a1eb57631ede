package filon.provisioning.reconcile;

import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.lease.LeaseState;
import java.time.Instant;

/**
 * A lease as we want it beside what its host says of it.
 *
 * @param ordered the generation of the newest order for the lease
 * @param applied the highest generation that the host has applied, over all its orders
 * @param behind how many of the lease's GPUs the host does not name, or runs by an older order
 * @param gpus how many GPUs the lease has
 */
public record LeaseOutlook(
        LeaseId lease,
        HostId host,
        LeaseState state,
        Connectivity connectivity,
        long ordered,
        Instant orderedAt,
        long applied,
        int behind,
        int gpus) {}
