package filon.mining.pool;

import filon.mining.algorithm.Work;

/** One work of a job, and how a solution of it is written as a share. */
public interface PoolWork {
    Work work();

    PoolJob job();

    /**
     * @param nonce one that meets the target
     * @param header prefix and nonce, whole
     */
    Share share(long nonce, byte[] header, long foundNanos);
}
