package filon.mining.command;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.device.HeldLimits;
import filon.mining.engine.DeviceMiner;
import filon.mining.engine.Miner;
import filon.mining.engine.MinerOrder;
import filon.mining.engine.MiningState;
import filon.mining.engine.StateChange;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.ShareVerdict;
import filon.mining.rig.PoolName;
import filon.mining.rig.Rig;
import filon.mining.rig.RigFigures;
import filon.mining.rig.RigJson;
import filon.mining.rig.RigServer;
import filon.mining.rig.RigTable;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code --pool}: mines until Ctrl-C. What happens is printed as it happens; figures once a second in place on a terminal, else a line
 * every few seconds; a summary at the end.
 */
final class MiningSession {
    private static final int LOOKS_PER_SECOND = 10;
    private static final int LOOKS_PER_STATUS = 5 * LOOKS_PER_SECOND;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Who types a pool's address owns this machine; only addresses that customers name are judged. */
    static final AddressRules OWNERS_RULES = AddressRules.publicOnly().allowing(List.of("0.0.0.0/0", "::/0"));

    private final PrintWriter out;
    private final SessionOptions options;
    private final HeldLimits limits;
    private final List<Rig.Mining> minings;
    private final Rig rig;
    private final RigTable table;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private int tableLines;

    /** @param limits what the devices are held to; restored when mining ends, before the process does */
    MiningSession(PrintWriter out, List<MiningPlan> plans, SessionOptions options, HeldLimits limits) {
        this.out = out;
        this.options = options;
        this.limits = limits;
        this.minings = plans.stream().map(this::mining).toList();
        this.rig = new Rig(minings, System::nanoTime);
        this.table = new RigTable(options.terminal().isColoured());
    }

    private Rig.Mining mining(MiningPlan plan) {
        PoolTerms terms = new PoolTerms(
                plan.algorithm(),
                OWNERS_RULES,
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                System::nanoTime,
                new SecureRandom());
        PoolName pool = new PoolName();
        MinerOrder order = new MinerOrder(plan.devices(), plan.work(), terms, plan.batch(), true);
        return new Rig.Mining(
                new Miner(order, event -> {
                    pool.on(event);
                    onPool(event);
                }),
                pool);
    }

    int run() {
        try (AutoCloseable _ = limits;
                AutoCloseable _ = server()) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "on-signal"));
            minings.forEach(mining -> mining.miner().start());
            Thread.ofVirtual().start(this::doubtAddresses);
            watch();
            minings.forEach(mining -> mining.miner().stop("asked to end", PATIENCE));
            rig.sample();
            printNews();
            summary();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("ending the server", e);
        }
        done.countDown();
        return exitCode();
    }

    /** Not before mining begins: names may take long to be looked up. */
    private void doubtAddresses() {
        minings.stream()
                .flatMap(mining -> mining.miner().order().plan().portions().stream())
                .forEach(portion -> said.addAll(SharedAddresses.doubts(portion.pools())));
    }

    private AutoCloseable server() {
        if (options.httpPort() < 0) {
            return () -> {};
        }
        RigServer server = new RigServer(options.httpPort(), rig::figures);
        said.add("figures at http://127.0.0.1:" + server.port() + "/metrics and /figures");
        return server;
    }

    private void watch() throws InterruptedException {
        for (int look = 1; failure().isEmpty(); look++) {
            if (asked.await(1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS)) {
                return;
            }
            minings.forEach(mining -> mining.miner().watch());
            if (look % LOOKS_PER_SECOND == 0) {
                rig.sample();
            }
            boolean isStatusDue = look % (options.terminal().isLive() ? LOOKS_PER_SECOND : LOOKS_PER_STATUS) == 0;
            if (isStatusDue || !said.isEmpty()) {
                printNews();
                status(isStatusDue);
            }
        }
    }

    /** Why nothing can be mined any more: what happened to the first. */
    private Optional<RuntimeException> failure() {
        boolean isAnyUsable =
                minings.stream().anyMatch(mining -> mining.miner().failure().isEmpty());
        return isAnyUsable ? Optional.empty() : minings.getFirst().miner().failure();
    }

    private int exitCode() {
        return failure().map(e -> e instanceof DeviceWrongException ? 1 : 4).orElse(0);
    }

    private void interrupted() {
        asked.countDown();
        try {
            if (done.await(3, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(exitCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What happened since the last time, above the table. */
    private void printNews() {
        if (options.terminal().isLive()) {
            options.terminal().erase(out, tableLines);
            tableLines = 0;
        }
        for (Rig.Mining mining : minings) {
            mining.miner().devices().forEach(this::gatherChanges);
        }
        for (String line = said.poll(); line != null; line = said.poll()) {
            if (!options.isJson()) {
                out.println(line);
            }
        }
        out.flush();
    }

    private void gatherChanges(DeviceMiner device) {
        Queue<StateChange> changes = device.changes();
        for (StateChange change = changes.poll(); change != null; change = changes.poll()) {
            if (change.state() != MiningState.RUNNING) {
                said.add("device " + device.device().index() + " " + change.state() + ": " + change.reason());
            }
        }
    }

    private void status(boolean isDue) {
        RigFigures figures = rig.figures();
        if (options.terminal().isLive()) {
            List<String> lines = table.lines(figures);
            options.terminal().print(out, lines);
            tableLines = lines.size();
        } else if (isDue && options.isJson()) {
            out.println(RigJson.of(figures));
        } else if (isDue && !options.isQuiet()) {
            RigStatus.of(figures).forEach(out::println);
        }
    }

    private void summary() {
        if (options.isJson()) {
            out.println(RigJson.of(rig.figures()));
        } else {
            table.lines(rig.figures()).forEach(out::println);
            RigStatus.of(rig.figures()).forEach(line -> out.println("summary: " + line));
        }
        out.flush();
    }

    private void onPool(PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting connecting -> said.add("connecting to " + connecting.pool());
            case PoolEvent.Authorised authorised -> said.add("authorised by " + authorised.pool());
            case PoolEvent.NewJob _, PoolEvent.Sending _ -> {}
            case PoolEvent.StandingBy standby -> said.add("standing by: " + standby.pool());
            case PoolEvent.Switched switched ->
                said.add("working for " + switched.to() + " instead of " + switched.from() + ": " + switched.reason());
            case PoolEvent.Dry dry -> said.add("no pool has a job: " + dry.reason());
            case PoolEvent.Judged judged -> judged(judged.verdict());
            case PoolEvent.Said words -> said.add(words.pool() + " " + words.text());
            case PoolEvent.Lost lost -> {
                if (asked.getCount() > 0) {
                    said.add("lost " + lost.pool() + ": " + lost.reason());
                }
            }
        }
    }

    private void judged(ShareVerdict verdict) {
        if (!(verdict instanceof ShareVerdict.Accepted)) {
            said.add("share " + verdict.label() + ": " + verdict.code() + " " + verdict.reason());
        }
    }
}
