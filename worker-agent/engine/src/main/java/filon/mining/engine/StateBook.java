package filon.mining.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Derives the one state of a miner from what its device and its pool are doing, and keeps the changes in order.
 *
 * <pre>
 * PREPARING -> CONNECTING -> RUNNING <-> NO_POOL      any -> STOPPING | FAILED (both final)
 *                            RUNNING <-> STALLED
 *                            RUNNING <-> PREPARING (the table of a new epoch)
 * </pre>
 */
final class StateBook {
    private enum DeviceDoing {
        PREPARING,
        IDLE,
        HASHING
    }

    /** The longest step is a compiler's; tables are made in short ones. */
    private static final long STUCK_NANOS = 300_000_000_000L;

    private final Tally tally;
    private final LongSupplier ticker;
    private final Queue<StateChange> changes = new ConcurrentLinkedQueue<>();
    private DeviceDoing device = DeviceDoing.PREPARING;
    private String preparing = "starting";
    private long preparingSinceNanos;
    private String poolReason = "connecting to the pool";
    private boolean poolLost;
    private long hashingSinceNanos;
    private boolean stalled;
    private final Map<MiningState, Long> nanosOf = new EnumMap<>(MiningState.class);
    private long sinceNanos;
    private MiningState state = MiningState.PREPARING;
    private String reason = "starting";

    StateBook(Tally tally, LongSupplier ticker) {
        this.tally = tally;
        this.ticker = ticker;
        this.sinceNanos = ticker.getAsLong();
        this.preparingSinceNanos = sinceNanos;
    }

    synchronized MiningState state() {
        return state;
    }

    synchronized String reason() {
        return reason;
    }

    /** How long each state took so far; together all the time since this book was begun. States that never were are absent. */
    synchronized Map<MiningState, Long> nanosOf() {
        countTime(ticker.getAsLong());
        return Map.copyOf(nanosOf);
    }

    private void countTime(long now) {
        nanosOf.merge(state, now - sinceNanos, Long::sum);
        sinceNanos = now;
    }

    Queue<StateChange> changes() {
        return changes;
    }

    synchronized void preparing(String step) {
        device = DeviceDoing.PREPARING;
        stalled = false;
        if (!preparing.equals(step)) {
            preparingSinceNanos = ticker.getAsLong();
        }
        preparing = step;
        derive();
    }

    synchronized void idle() {
        device = DeviceDoing.IDLE;
        derive();
    }

    synchronized void hashing() {
        if (device != DeviceDoing.HASHING) {
            hashingSinceNanos = ticker.getAsLong();
        }
        device = DeviceDoing.HASHING;
        derive();
    }

    /** Whether a hashing device has not ended a batch within the limit, or a preparing one has not come further for minutes. */
    synchronized boolean watch(long limitNanos) {
        long alive = Math.max(hashingSinceNanos, tally.lastBatchNanos());
        boolean isStalled = device == DeviceDoing.HASHING && ticker.getAsLong() - alive > limitNanos;
        if (stalled != isStalled) {
            stalled = isStalled;
            derive();
        }
        boolean isStuck = device == DeviceDoing.PREPARING && ticker.getAsLong() - preparingSinceNanos > STUCK_NANOS;
        return isStalled || isStuck;
    }

    synchronized void poolSays(String what) {
        if (!poolLost) {
            poolReason = what;
            derive();
        }
    }

    /** The pool gave a job; what is still hashed of the one before says nothing about the pool. */
    synchronized void poolGives() {
        poolLost = false;
    }

    synchronized void poolLost(String why) {
        poolLost = true;
        poolReason = why;
        derive();
    }

    synchronized void stopping(String why) {
        enter(MiningState.STOPPING, why);
    }

    synchronized void failed(String why) {
        enter(MiningState.FAILED, why);
    }

    private void derive() {
        switch (device) {
            case PREPARING -> enter(MiningState.PREPARING, preparing);
            case IDLE -> enter(poolLost ? MiningState.NO_POOL : MiningState.CONNECTING, poolReason);
            case HASHING -> {
                if (stalled) {
                    enter(MiningState.STALLED, "no batch ends");
                } else {
                    enter(MiningState.RUNNING, "hashing a job of the pool");
                }
            }
        }
    }

    private void enter(MiningState next, String why) {
        boolean ended = state == MiningState.STOPPING || state == MiningState.FAILED;
        if (ended || state == next && reason.equals(why)) {
            return;
        }
        long now = ticker.getAsLong();
        countTime(now);
        state = next;
        reason = why;
        changes.add(new StateChange(next, why, now, tally.hashes()));
    }
}
