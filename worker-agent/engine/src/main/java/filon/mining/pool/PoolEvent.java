package filon.mining.pool;

import filon.contracts.value.PoolAddress;

/** What happens at a miner's pools, in order. */
public sealed interface PoolEvent {
    /** A connection is being tried. */
    record Connecting(PoolAddress pool) implements PoolEvent {}

    /** The pool knows us; jobs follow. */
    record Authorised(PoolAddress pool) implements PoolEvent {}

    /** A pool has a job ready, and another one's is worked on. */
    record StandingBy(PoolAddress pool) implements PoolEvent {}

    /** Another pool's jobs are worked on from now on. */
    record Switched(PoolAddress from, PoolAddress to, String reason) implements PoolEvent {}

    /** Work on this from now on. */
    record NewJob(PoolJob job) implements PoolEvent {}

    /** A share is about to be sent; whoever must not lose it writes it down now. */
    record Sending(Share share) implements PoolEvent {}

    /** A share's fate is known. */
    record Judged(Share share, ShareVerdict verdict, long latencyMillis) implements PoolEvent {}

    /** Something a person may want to read; stripped of control characters. */
    record Said(PoolAddress pool, String text) implements PoolEvent {
        /** Begins what is said of a line of the pool's that was of no use. */
        public static final String IGNORED = "ignored ";

        public boolean isComplaint() {
            return text.startsWith(IGNORED);
        }
    }

    /** A session is over. */
    record Lost(PoolAddress pool, String reason, long retryMillis) implements PoolEvent {}

    /** No pool has a job: what was worked on is worthless. */
    record Dry(String reason) implements PoolEvent {}
}
