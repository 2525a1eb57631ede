package filon.agent;

import filon.agent.telemetry.Voice;
import filon.agent.workload.Assignment;
import filon.agent.workload.WorkloadListener;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetEvent.WorkloadStarted;
import filon.contracts.value.HostId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells of the processes' beginnings and ends. */
final class WorkloadEvents implements WorkloadListener {
    private static final Logger LOG = Logger.getLogger(WorkloadEvents.class);
    private final HostId hostId;
    private final Voice voice;
    private final Clock clock;
    private final Runnable endedUnasked;

    /** @param endedUnasked is run when a workload has ended that nobody told to */
    WorkloadEvents(HostId hostId, Voice voice, Clock clock, Runnable endedUnasked) {
        this.hostId = hostId;
        this.voice = voice;
        this.clock = clock;
        this.endedUnasked = endedUnasked;
    }

    @Override
    public void started(Assignment assignment, long pid) {
        voice.event(new WorkloadStarted(
                hostId,
                clock.instant(),
                assignment.key().leaseId(),
                assignment.epoch(),
                assignment.key().gpuId(),
                pid));
    }

    @Override
    public void exited(Assignment assignment, Optional<Integer> code, String reason, Optional<Duration> restartIn) {
        LOG.infof("Workload %s ended: %s", assignment.key(), reason);
        voice.event(new WorkloadExited(
                hostId,
                clock.instant(),
                assignment.key().leaseId(),
                assignment.epoch(),
                assignment.key().gpuId(),
                code.orElse(null),
                reason,
                restartIn.map(Duration::toMillis).orElse(null)));
        if (restartIn.isPresent()) {
            endedUnasked.run();
        }
    }
}
