package filon.agent.workload;

import java.time.Duration;
import java.util.Optional;

/** Hears of the processes' beginnings and ends, on the thread that owns the workloads. */
public interface WorkloadListener {
    void started(Assignment assignment, long pid);

    /**
     * @param code empty when nobody saw it end
     * @param restartIn empty when it was told to end
     */
    void exited(Assignment assignment, Optional<Integer> code, String reason, Optional<Duration> restartIn);
}
