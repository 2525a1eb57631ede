package filon.agent.workload;

import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.value.Algorithm;
import filon.contracts.value.Pool;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;

/** One GPU's share of an order to run: what its workload needs to know. */
public record Assignment(
        WorkloadKey key,
        RentalId rentalId,
        long epoch,
        long generation,
        Instant notBefore,
        Instant authorisedUntil,
        Algorithm algorithm,
        List<Pool> pools,
        List<String> allowedAddresses) {
    public Assignment {
        pools = List.copyOf(pools);
        allowedAddresses = List.copyOf(allowedAddresses);
    }

    /** One assignment per GPU of the order. */
    public static List<Assignment> of(RunWorkload run) {
        return run.gpuIds().stream()
                .map(gpu -> new Assignment(
                        new WorkloadKey(run.leaseId(), gpu),
                        run.rentalId(),
                        run.epoch(),
                        run.generation(),
                        run.notBefore(),
                        run.authorisedUntil(),
                        run.algorithm(),
                        run.pools(),
                        run.allowedAddresses()))
                .toList();
    }

    /** Whether a process started for {@code other} does this assignment's work too: all but the times and the generation. */
    public boolean isSameWork(Assignment other) {
        return key.equals(other.key)
                && rentalId.equals(other.rentalId)
                && epoch == other.epoch
                && algorithm == other.algorithm
                && pools.equals(other.pools)
                && allowedAddresses.equals(other.allowedAddresses);
    }
}
