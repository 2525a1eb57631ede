package filon.mining.engine;

import filon.mining.plan.Portion;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Pools;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** A portion of a miner's work while it is taken part in, or soon will be: its pools, their thread, and the job to work on. */
final class PortionWork {
    private final Portion portion;
    private final ShareCounts counts;
    private final Pools pools;
    private final Thread thread;
    private volatile Optional<PoolJob> job = Optional.empty();
    private volatile String trouble = "connecting to the pool";

    /** Hears a portion's pools, on their thread. */
    interface Listener {
        void on(PortionWork work, PoolEvent event);
    }

    PortionWork(Portion portion, ShareCounts counts, PoolTerms terms, DoubleSupplier rate, Listener listener) {
        this.portion = portion;
        this.counts = counts;
        this.pools = new Pools(portion.pools(), terms, event -> heard(event, listener), rate);
        this.thread =
                Thread.ofPlatform().name("pool-" + portion.name()).daemon().unstarted(pools);
    }

    private void heard(PoolEvent event, Listener listener) {
        switch (event) {
            case PoolEvent.Connecting connecting -> say("connecting to " + connecting.pool());
            case PoolEvent.Authorised authorised -> say("waiting for a job of " + authorised.pool());
            case PoolEvent.NewJob arrived -> job = Optional.of(arrived.job());
            case PoolEvent.Judged judged -> counts.judged(judged.verdict(), judged.latencyMillis());
            case PoolEvent.Dry dry -> {
                job = Optional.empty();
                trouble = dry.reason();
            }
            case PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Sending _,
                    PoolEvent.Said _,
                    PoolEvent.Lost _ -> {}
        }
        listener.on(this, event);
    }

    private void say(String text) {
        if (job.isEmpty()) {
            trouble = text;
        }
    }

    void start() {
        thread.start();
    }

    Portion portion() {
        return portion;
    }

    Optional<PoolJob> job() {
        return job;
    }

    /** Why there is no job. */
    String trouble() {
        return trouble;
    }

    boolean began(Share share) {
        return pools.began(share);
    }

    void submit(Share share) {
        pools.submit(share);
    }

    /** No device can search the job. */
    void refuse(PoolJob refused, String why) {
        pools.refuse(refused, why);
    }

    /** Asks for the end; shares that are open get their verdicts first, within half a second. */
    void close() {
        pools.close();
    }

    /** Whether its thread ended. */
    boolean isOver() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    void join(Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(patience);
        }
    }
}
