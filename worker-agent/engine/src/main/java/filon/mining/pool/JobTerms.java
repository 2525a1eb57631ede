package filon.mining.pool;

import filon.mining.algorithm.Target;
import java.util.List;

/**
 * What holds for all work of a job.
 *
 * @param id as the pool names it
 * @param target of a share
 * @param isClean whether everything before the job became worthless with it
 */
public record JobTerms(JobPlace place, String id, Target target, boolean isClean) {
    /** Of the job, for what the dialect sends. */
    Share share(byte[] header, long foundNanos, List<String> submission) {
        return new Share(
                place.sessionId(),
                place.generation(),
                place.pool().address(),
                id,
                header,
                target,
                foundNanos,
                submission);
    }
}
