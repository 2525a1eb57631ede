package filon.mining.pool;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Work;
import java.util.List;

/** One work of a job, and how a solution of it is written as a share. */
public interface PoolWork {
    Work work();

    PoolJob job();

    /** The nonces to search; no other work with the same header has any of them. */
    NonceSpace nonces();

    /** Whether the pool wants a hash that meets the target; a few want more of it than to be small. */
    default boolean counts(Digest digest) {
        return true;
    }

    /**
     * What the dialect sends for a solution.
     *
     * @param nonce one that meets the target, with a digest that {@link #counts}
     * @param digest of that nonce
     */
    List<String> submission(long nonce, Digest digest);

    /**
     * @param nonce as {@link #submission}
     * @param header prefix and nonce, whole
     */
    default Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
        return job().terms().share(header, foundNanos, submission(nonce, digest));
    }
}
