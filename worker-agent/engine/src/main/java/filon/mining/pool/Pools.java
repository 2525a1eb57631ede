package filon.mining.pool;

import filon.contracts.value.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps one session open, to the first pool of an ordered list that answers. After a session that had a job the list is
 * tried from its start again; a round in which no pool answered is followed by a pause that doubles.
 *
 * <p>One thread runs it; {@link #submit} and {@link #close} may be called from any.
 */
public final class Pools implements Runnable, AutoCloseable {
    private final List<Pool> pools;
    private final PoolTerms terms;
    private final PoolListener listener;
    private final PoolDialect dialect;
    private final BackOff backOff;
    private volatile boolean closing;
    private volatile PoolSession session;
    private volatile Thread runner;

    public Pools(List<Pool> pools, PoolTerms terms, PoolListener listener) {
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("no pool is given");
        }
        this.pools = List.copyOf(pools);
        this.terms = terms;
        this.listener = listener;
        this.dialect = dialectFor(terms);
        this.backOff = new BackOff(terms.limits().retryFirst(), terms.limits().retryMax(), terms.random());
    }

    private static PoolDialect dialectFor(PoolTerms terms) {
        return ServiceLoader.load(PoolDialect.class, Pools.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.speaks(terms.algorithm().protocol()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(terms.algorithm().name() + " pools speak "
                                + terms.algorithm().protocol() + ", which this engine does not speak yet"));
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        int next = 0;
        while (!closing) {
            boolean hadJob = serve(pools.get(next), next == pools.size() - 1);
            next = hadJob ? 0 : (next + 1) % pools.size();
        }
    }

    /** One turn of one pool, followed to where it moves its miners; whether it gave a job. */
    private boolean serve(Pool pool, boolean lastOfRound) {
        try {
            return served(pool, lastOfRound);
        } catch (PoolMovedException moved) {
            listener.on(new PoolEvent.Lost(
                    pool.address(), moved.getMessage(), moved.pause().toMillis()));
            pause(moved.pause());
            return followed(new Pool(moved.address(), pool.user(), pool.password()), lastOfRound);
        }
    }

    private boolean followed(Pool pool, boolean lastOfRound) {
        try {
            return served(pool, lastOfRound);
        } catch (PoolMovedException again) {
            // a second move in a row is a circle or a fault: back to the address the customer gave, after a pause
            Duration pause = backOff.next();
            listener.on(new PoolEvent.Lost(pool.address(), again.getMessage(), pause.toMillis()));
            pause(pause);
            return false;
        }
    }

    private boolean served(Pool pool, boolean lastOfRound) throws PoolMovedException {
        listener.on(new PoolEvent.Connecting(pool.address()));
        PoolSession current = dialect.session(pool, terms, listener);
        session = current;
        String reason = "closed";
        try (current) {
            if (!closing) {
                current.run();
            }
        } catch (PoolMovedException moved) {
            throw moved;
        } catch (IOException e) {
            reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        } catch (RuntimeException fault) {
            // whatever a pool's input sets off, the miner goes on with a fresh session
            reason = "a fault of ours: " + fault;
        }
        if (current.hadJob()) {
            backOff.reset();
        }
        Duration pause = current.hadJob() || lastOfRound ? backOff.next() : Duration.ZERO;
        listener.on(new PoolEvent.Lost(pool.address(), reason, pause.toMillis()));
        pause(pause);
        return current.hadJob();
    }

    private void pause(Duration length) {
        long end = terms.ticker().getAsLong() + length.toNanos();
        for (long left = length.toNanos();
                left > 0 && !closing;
                left = end - terms.ticker().getAsLong()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Sends a share to the session it belongs to; where that is over, the verdict is {@link ShareVerdict.Stale}. */
    public void submit(Share share) {
        PoolSession current = session;
        if (current == null) {
            throw new IllegalStateException("a share before the first session");
        }
        current.submit(share);
    }

    @Override
    public void close() {
        closing = true;
        PoolSession current = session;
        if (current != null) {
            current.close();
        }
        LockSupport.unpark(runner);
    }
}
