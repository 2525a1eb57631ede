package filon.mining.engine;

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

    private final Tally tally;
    private final LongSupplier ticker;
    private final Queue<StateChange> changes = new ConcurrentLinkedQueue<>();
    private DeviceDoing device = DeviceDoing.PREPARING;
    private String preparing = "starting";
    private String poolReason = "connecting to the pool";
    private boolean poolLost;
    private long hashingSinceNanos;
    private boolean stalled;
    private MiningState state = MiningState.PREPARING;
    private String reason = "starting";

    StateBook(Tally tally, LongSupplier ticker) {
        this.tally = tally;
        this.ticker = ticker;
    }

    Queue<StateChange> changes() {
        return changes;
    }

    synchronized void preparing(String step) {
        device = DeviceDoing.PREPARING;
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
        poolLost = false;
        derive();
    }

    /** Looks whether a hashing device has ended a batch within the limit. */
    synchronized void watch(long limitNanos) {
        long alive = Math.max(hashingSinceNanos, tally.lastBatchNanos());
        boolean isStalled = device == DeviceDoing.HASHING && ticker.getAsLong() - alive > limitNanos;
        if (stalled != isStalled) {
            stalled = isStalled;
            derive();
        }
    }

    synchronized void poolSays(String what) {
        if (!poolLost) {
            poolReason = what;
            derive();
        }
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
                    enter(MiningState.STALLED, "no batch has ended for seconds");
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
        state = next;
        reason = why;
        changes.add(new StateChange(next, why, ticker.getAsLong(), tally.hashes()));
    }
}
