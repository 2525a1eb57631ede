package filon.mining.workload;

import filon.contracts.value.PoolAddress;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import java.util.HexFormat;

/**
 * A share and its fate, with all that is needed to hash it again.
 *
 * @param atNanos when it was found, on the monotonic clock of {@link MeterRecord#bootId}
 * @param header 160 hex digits: the solved header of 80 bytes, nonce included
 * @param target 64 hex digits: the pool's target in force for the job
 * @param verdict accepted, rejected, stale or unanswered; accepted only if the pool said so
 * @param code the pool's error number, or 0
 * @param latencyMillis from sending to the answer
 */
public record ShareProof(
        long atNanos,
        String jobId,
        String header,
        String target,
        String verdict,
        int code,
        String reason,
        long latencyMillis,
        PoolAddress pool) {
    static ShareProof of(Share share, ShareVerdict verdict, long latencyMillis) {
        return new ShareProof(
                share.foundNanos(),
                share.jobId(),
                HexFormat.of().formatHex(share.header()),
                share.target().toString(),
                verdict.label(),
                verdict.code(),
                verdict.reason(),
                latencyMillis,
                share.pool());
    }

    /** Before it is sent. */
    static ShareProof of(Share share) {
        return of(share, new ShareVerdict.Unanswered("the miner ended before the pool answered"), 0);
    }
}
