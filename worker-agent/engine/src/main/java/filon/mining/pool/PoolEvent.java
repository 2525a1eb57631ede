package filon.mining.pool;

import filon.contracts.value.PoolAddress;

/** What happens at a pool, in order. */
public sealed interface PoolEvent {
    /** A connection is being tried. */
    record Connecting(PoolAddress pool) implements PoolEvent {}

    /** The pool knows us; jobs follow. */
    record Authorised(PoolAddress pool) implements PoolEvent {}

    /** Work on this from now on. */
    record NewJob(PoolJob job) implements PoolEvent {}

    /** A share's fate is known. */
    record Judged(Share share, ShareVerdict verdict, long latencyMillis) implements PoolEvent {}

    /** Something a person may want to read; stripped of control characters. */
    record Said(PoolAddress pool, String text) implements PoolEvent {}

    /** The session is over; its jobs are worthless. */
    record Lost(PoolAddress pool, String reason, long retryMillis) implements PoolEvent {}
}
