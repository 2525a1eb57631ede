package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import java.util.List;

/**
 * A solved header, checked by the CPU, on its way to the pool that gave the job.
 *
 * @param sessionId the session whose job it solves; no other session may submit it
 * @param generation of the job in its session; a share of an older one than the session's is stale
 * @param header prefix and nonce, whole
 * @param target the pool's target in force for the job
 * @param foundNanos when it was checked, on the monotonic clock
 * @param submission what the dialect sends
 */
public record Share(
        long sessionId,
        long generation,
        PoolAddress pool,
        String jobId,
        byte[] header,
        Target target,
        long foundNanos,
        List<String> submission) {
    public Share {
        header = header.clone();
        submission = List.copyOf(submission);
    }

    @Override
    public byte[] header() {
        return header.clone();
    }
}
