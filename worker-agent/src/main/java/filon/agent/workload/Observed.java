package filon.agent.workload;

import java.time.Duration;
import java.util.Optional;

/**
 * What is true of one workload folder now.
 *
 * @param assignment what the folder was last written for
 * @param isAlive a process of this folder exists
 * @param stoppingFor how long ago it was told to stop; empty when it was not
 * @param restartIn how long it has to wait before it may be started again; zero when it may now
 */
public record Observed(Assignment assignment, boolean isAlive, Optional<Duration> stoppingFor, Duration restartIn) {
    public WorkloadKey key() {
        return assignment.key();
    }
}
