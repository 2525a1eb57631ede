package filon.mining.pool;

import filon.mining.pool.wire.SocketWires;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The thread that serves a miner's pools: one {@link PoolDesk}, and what is to be done there in the order it came.
 *
 * <p>One thread runs it; {@link #submit} and {@link #close} may be called from any and never wait. A wire that has more to say than is
 * being read waits, so that no pool can fill the memory.
 */
public final class Pools implements Runnable, AutoCloseable {
    private static final long TICK_NANOS = 50_000_000;
    private static final long LAST_WORDS_NANOS = 400_000_000;
    private static final int WIRE_TASKS_MAX = 64;
    /** More than ever wait to say a last word. */
    private static final int WIRES_MAX = 1 << 20;

    private final PoolDesk desk;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Semaphore wireTasks = new Semaphore(WIRE_TASKS_MAX);
    private volatile boolean closing;
    private volatile boolean ended;

    /** Over sockets, as {@link PoolDesk}. */
    public Pools(List<PoolOrder> orders, PoolTerms terms, PoolListener listener, DoubleSupplier rate) {
        this.desk = new PoolDesk(orders, terms, listener, new SocketWires(terms), this::fromWire, rate);
    }

    /** Whether a share belongs to one of the sessions that were opened here. Safe for any thread. */
    public boolean began(Share share) {
        return desk.began(share);
    }

    /** Runs on a wire's thread. */
    private void fromWire(Runnable task) {
        if (ended) {
            return;
        }
        wireTasks.acquireUninterruptibly();
        tasks.add(() -> {
            wireTasks.release();
            task.run();
        });
    }

    @Override
    public void run() {
        long nextTick = System.nanoTime();
        while (!closing) {
            if (System.nanoTime() - nextTick >= 0) {
                desk.tick();
                nextTick = System.nanoTime() + TICK_NANOS;
            }
            doOne(nextTick - System.nanoTime());
        }
        hearLastVerdicts();
        desk.close();
        ended = true;
        wireTasks.release(WIRES_MAX);
        doQueued();
    }

    /** Shares that were found before the end go out before it, and most pools answer at once. */
    private void hearLastVerdicts() {
        doQueued();
        long end = System.nanoTime() + LAST_WORDS_NANOS;
        while (desk.openShares() > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            doOne(TICK_NANOS);
        }
    }

    /** What is there now, not what a pool adds meanwhile: one that floods would never let it end. */
    private void doQueued() {
        List<Runnable> queued = new ArrayList<>();
        tasks.drainTo(queued);
        queued.forEach(Runnable::run);
    }

    private void doOne(long patienceNanos) {
        try {
            Runnable task = tasks.poll(Math.max(0, patienceNanos), TimeUnit.NANOSECONDS);
            if (task != null) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Sends a share to the session it belongs to. */
    public void submit(Share share) {
        tasks.add(() -> desk.submit(share));
    }

    /** Nobody here can search this job; another pool's is better. */
    public void refuse(PoolJob job, String why) {
        tasks.add(() -> desk.refuse(job, why));
    }

    @Override
    public void close() {
        closing = true;
        tasks.add(() -> {});
    }
}
