package filon.mining.pool.hostile;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Whole {@link Pools} over sockets of loopback, and what they tell, of which little is kept. */
final class Watched implements AutoCloseable {
    private static final AddressRules LOOPBACK = AddressRules.publicOnly().allowing(List.of("127.0.0.0/8"));
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int TEXTS_KEPT = 1_000;
    private static final PoolLimits HASTY = new PoolLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofSeconds(2));

    private final Pools pools;
    private final Thread thread;
    private final int badPort;
    private final List<String> texts = new ArrayList<>();
    private final CountDownLatch works = new CountDownLatch(1);
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** @param pools the hostile one, then an honest one */
    Watched(ProofOfWork algorithm, List<PoolOrder> pools) {
        this.badPort = pools.getFirst().address().port();
        PoolTerms terms = new PoolTerms(
                algorithm, LOOPBACK, OptionalDouble.empty(), HASTY, System::nanoTime, new SplittableRandom(1));
        this.pools = new Pools(pools, terms, this::heard, () -> 0);
        this.thread = Thread.ofPlatform().name("pool-desk").daemon().start(this.pools);
    }

    private synchronized void heard(PoolEvent event) {
        events.incrementAndGet();
        switch (event) {
            case PoolEvent.NewJob(var job) -> {
                if (job.pool().port() != badPort) {
                    works.countDown();
                }
            }
            case PoolEvent.Connecting(var pool) -> connections.addAndGet(pool.port() == badPort ? 1 : 0);
            case PoolEvent.Said(var _, String text) -> keep(text);
            case PoolEvent.Lost(var _, String reason, long _) -> keep(reason);
            case PoolEvent.Switched(var _, var _, String reason) -> keep(reason);
            case PoolEvent.Dry(String reason) -> keep(reason);
            case PoolEvent.Authorised _, PoolEvent.StandingBy _, PoolEvent.Sending _, PoolEvent.Judged _ -> {}
        }
    }

    private void keep(String text) {
        if (texts.size() < TEXTS_KEPT) {
            texts.add(text);
        }
        notifyAll();
    }

    /** Waits until there is work of the honest pool. */
    boolean worksForTheHonest() throws InterruptedException {
        return works.await(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until something was said that has these words. */
    synchronized boolean tells(String words) throws InterruptedException {
        long end = System.nanoTime() + WITHIN.toNanos();
        while (texts.stream().noneMatch(text -> text.contains(words))) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    int events() {
        return events.get();
    }

    int connections() {
        return connections.get();
    }

    /** Ends the pools; their threads that still run some time later, none where all is well. */
    List<String> threadsLeftAtTheEnd() throws InterruptedException {
        pools.close();
        thread.join(WITHIN);
        List<Thread> poolThreads = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("pool-"))
                .toList();
        for (Thread each : poolThreads) {
            each.join(WITHIN);
        }
        return poolThreads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    @Override
    public void close() {
        pools.close();
    }
}
