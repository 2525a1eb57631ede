package filon.agent.workload;

import filon.contracts.message.WorkloadState;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One workload as others of the agent see it.
 *
 * @param since when it entered its state
 * @param folder its directory, empty of meaning once {@link Workloads#forget forgotten}
 * @param isAlive whether a process exists
 */
public record WorkloadView(
        Assignment assignment, WorkloadState state, String reason, Instant since, Path folder, boolean isAlive) {
    public WorkloadKey key() {
        return assignment.key();
    }
}
