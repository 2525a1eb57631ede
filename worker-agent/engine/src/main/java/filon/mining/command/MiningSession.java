package filon.mining.command;

import filon.contracts.address.AddressRules;
import filon.contracts.value.HashRate;
import filon.contracts.value.Pool;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import filon.mining.engine.Miner;
import filon.mining.engine.MinerOrder;
import filon.mining.engine.MiningState;
import filon.mining.engine.StateChange;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.ShareVerdict;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@code --pool}: mines until Ctrl-C, one line of status every few seconds, a summary at the end. */
final class MiningSession {
    private static final long STATUS_EVERY_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0/0", "::/0");

    private final PrintWriter out;
    private final Miner miner;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();

    MiningSession(PrintWriter out, Device device, ProofOfWork algorithm, List<Pool> pools) {
        this.out = out;
        // who types a pool's address owns this machine; only addresses that customers name are judged
        AddressRules rules = AddressRules.publicOnly().allowing(ANY_ADDRESS);
        PoolTerms terms = new PoolTerms(
                algorithm, rules, OptionalDouble.empty(), PoolLimits.USUAL, System::nanoTime, new SecureRandom());
        this.miner =
                new Miner(new MinerOrder(List.of(device), pools, terms, MinerOrder.BATCH_USUAL, true), this::onPool);
    }

    int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "on-signal"));
        miner.start();
        try {
            while (!asked.await(STATUS_EVERY_SECONDS, TimeUnit.SECONDS)
                    && miner.failure().isEmpty()) {
                miner.watch();
                printChanges();
                out.println(status());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        miner.stop("asked to end", PATIENCE);
        printChanges();
        out.println("summary: " + status());
        out.flush();
        done.countDown();
        return miner.failure()
                .map(e -> e instanceof DeviceWrongException ? 1 : 4)
                .orElse(0);
    }

    private void interrupted() {
        asked.countDown();
        try {
            if (done.await(3, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void printChanges() {
        Queue<StateChange> changes = miner.devices().getFirst().changes();
        for (StateChange change = changes.poll(); change != null; change = changes.poll()) {
            if (change.state() != MiningState.RUNNING) {
                out.println(change.state() + ": " + change.reason());
            }
        }
    }

    private String status() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        HashRate average =
                new HashRate((long) (miner.devices().getFirst().tally().hashes() / seconds));
        return String.format(
                Locale.ROOT,
                "%.0f s  %s on average  accepted %d  rejected %d  stale %d  unanswered %d  hardware errors %d",
                seconds,
                average,
                accepted.get(),
                rejected.get(),
                stale.get(),
                unanswered.get(),
                miner.devices().getFirst().tally().hardwareErrors());
    }

    private void onPool(PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting connecting -> out.println("connecting to " + connecting.pool());
            case PoolEvent.Authorised authorised -> out.println("authorised by " + authorised.pool());
            case PoolEvent.NewJob _ -> {}
            case PoolEvent.Judged judged -> count(judged.verdict());
            case PoolEvent.Said said -> out.println(said.pool() + " " + said.text());
            case PoolEvent.Lost lost -> out.println("lost " + lost.pool() + ": " + lost.reason());
        }
    }

    private void count(ShareVerdict verdict) {
        switch (verdict) {
            case ShareVerdict.Accepted _ -> accepted.incrementAndGet();
            case ShareVerdict.Rejected _ -> rejected.incrementAndGet();
            case ShareVerdict.Stale _ -> stale.incrementAndGet();
            case ShareVerdict.Unanswered _ -> unanswered.incrementAndGet();
        }
        if (!(verdict instanceof ShareVerdict.Accepted)) {
            out.println("share " + verdict.label() + ": " + verdict.code() + " " + verdict.reason());
        }
    }
}
