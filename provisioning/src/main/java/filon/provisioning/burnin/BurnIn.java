package filon.provisioning.burnin;

import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One trial of a host's devices.
 *
 * @param stay when the host entered the stay in {@code BurningIn} that this belongs to
 * @param progress what is being done or what came of it, for people
 * @param startedAt by the host's own clock, as {@code endedAt}
 * @param devices what was found of each; empty until it is over
 */
public record BurnIn(
        BurnInId id,
        HostId host,
        Instant stay,
        State state,
        String progress,
        List<GpuId> gpus,
        List<Algorithm> algorithms,
        int benchmarkSeconds,
        Instant orderedAt,
        Instant notAfter,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        List<BurnInDevice> devices) {
    public BurnIn {
        gpus = List.copyOf(gpus);
        algorithms = List.copyOf(algorithms);
        devices = List.copyOf(devices);
    }

    /** How far it is. */
    public enum State {
        /** The host has said nothing of it. */
        ORDERED,
        RUNNING,
        PASSED,
        FAILED,
        /** Its host left {@code BurningIn} before there was a result. */
        ABANDONED;

        public boolean isOver() {
            return switch (this) {
                case ORDERED, RUNNING -> false;
                case PASSED, FAILED, ABANDONED -> true;
            };
        }
    }
}
