package filon.provisioning.fleet;

import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.provisioning.burnin.BurnIn;
import java.time.Instant;
import java.util.List;

/**
 * A burn-in of a host as staff see it; what does not exist is null.
 *
 * @param startedAt by the host's own clock, as {@code endedAt}
 * @param devices what was found of each; empty until it is over
 */
public record BurnInView(
        BurnInId id,
        BurnIn.State state,
        String progress,
        List<GpuId> gpuIds,
        List<Algorithm> algorithms,
        int benchmarkSeconds,
        Instant orderedAt,
        Instant notAfter,
        Instant startedAt,
        Instant endedAt,
        List<BurnInDevice> devices) {

    static BurnInView of(BurnIn burnIn) {
        return new BurnInView(
                burnIn.id(),
                burnIn.state(),
                burnIn.progress(),
                burnIn.gpus(),
                burnIn.algorithms(),
                burnIn.benchmarkSeconds(),
                burnIn.orderedAt(),
                burnIn.notAfter(),
                burnIn.startedAt().orElse(null),
                burnIn.endedAt().orElse(null),
                burnIn.devices());
    }
}
