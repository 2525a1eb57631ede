package filon.mining.workload;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.device.Sensors;
import filon.mining.engine.Miner;
import filon.mining.engine.MinerOrder;
import filon.mining.engine.StateChange;
import filon.mining.engine.Tally;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Runs one specification until asked to end, no longer authorised, or without a usable device. The thread that calls
 * {@link #run} watches and writes; the miner's own threads hash and speak.
 */
final class Workload {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP_MAX = 100_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final WorkloadDirectory directory;
    private final WorkloadSpecification specification;
    private final EventLog events;
    private final Clock clock;
    private final LongSupplier ticker;
    private final DeadManSwitch deadMan;
    private final Journal journal;
    private volatile boolean asked;
    private volatile String pool = "";
    private String authorisationComplaint = "";

    Workload(
            WorkloadDirectory directory,
            WorkloadSpecification specification,
            MeterLog log,
            EventLog events,
            Clock clock,
            LongSupplier ticker)
            throws IOException {
        this.directory = directory;
        this.specification = specification;
        this.events = events;
        this.clock = clock;
        this.ticker = ticker;
        this.deadMan = new DeadManSwitch(clock, ticker);
        String bootId =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        this.journal = new Journal(log, bootId, ticker, clock);
    }

    /** Asks for the end; {@link #run} returns within two seconds. Safe for any thread. */
    void end() {
        asked = true;
    }

    /** @throws IOException if the directory cannot be written any more */
    WorkloadExit run(RandomGenerator random) throws IOException {
        Device device = Devices.select(specification.device());
        ProofOfWork algorithm = ProofsOfWork.of(specification.algorithm().label());
        PoolTerms terms = new PoolTerms(
                algorithm,
                AddressRules.publicOnly().allowing(specification.allowedAddresses()),
                specification.suggestedDifficulty(),
                PoolLimits.USUAL,
                ticker,
                random);
        Sensors sensors = Sensors.of(device);
        List<PoolOrder> pools =
                specification.pools().stream().map(PoolOrder::of).toList();
        MinerOrder order = MinerOrder.of(List.of(device), pools, terms, MinerOrder.BATCH_USUAL, false);
        Miner miner = new Miner(order, this::onPool);
        readAuthorisation();
        events.line("lease " + specification.leaseId() + " epoch " + specification.epoch() + " on " + device.name());
        if (!deadMan.isExpired()) {
            miner.start();
        }
        WorkloadExit exit = watch(miner, sensors, device);
        miner.stop(reason(exit, miner), PATIENCE);
        writeChanges(miner, sensors);
        journal.end(tally(miner), sensors.read());
        directory.write(journal.status(device.name(), pool));
        events.line("ended: " + reason(exit, miner));
        return exit;
    }

    private static String reason(WorkloadExit exit, Miner miner) {
        return switch (exit) {
            case ASKED -> "asked to end";
            case AUTHORISATION_EXPIRED -> "authorisation-expired";
            case DEVICE, DEVICE_WRONG, FAULT, SPECIFICATION, LOCKED ->
                miner.failure().map(Throwable::getMessage).orElse("fault");
        };
    }

    private WorkloadExit watch(Miner miner, Sensors sensors, Device device) throws IOException {
        long nextTick = ticker.getAsLong() + SECOND;
        while (true) {
            miner.watch();
            writeChanges(miner, sensors);
            Optional<WorkloadExit> exit = exit(miner);
            if (exit.isPresent()) {
                return exit.get();
            }
            long now = ticker.getAsLong();
            if (now >= nextTick) {
                journal.tick(tally(miner), sensors.read());
                directory.write(journal.status(device.name(), pool));
                readAuthorisation();
                nextTick = Math.max(nextTick + SECOND, now + SECOND / 2);
            }
            long left = Math.min(nextTick - ticker.getAsLong(), deadMan.left().toNanos());
            LockSupport.parkNanos(this, Math.clamp(left, 1, STEP_MAX));
        }
    }

    private Optional<WorkloadExit> exit(Miner miner) {
        if (asked) {
            return Optional.of(WorkloadExit.ASKED);
        }
        if (deadMan.isExpired()) {
            return Optional.of(WorkloadExit.AUTHORISATION_EXPIRED);
        }
        return miner.failure().map(WorkloadExit::of);
    }

    private void writeChanges(Miner miner, Sensors sensors) throws IOException {
        Queue<StateChange> changes = miner.devices().getFirst().changes();
        for (StateChange change = changes.poll(); change != null; change = changes.poll()) {
            journal.changed(change, sensors.read());
            events.line(change.state() + ": " + change.reason());
        }
    }

    /** An unreadable file changes nothing: what was authorised stays so, and ends when it was to end. */
    private void readAuthorisation() {
        String complaint = "";
        try {
            Optional<Authorisation> authorisation = directory.authorisation();
            authorisation.ifPresent(deadMan::authorise);
            complaint = authorisation.isEmpty() ? "authorisation.json is missing" : "";
        } catch (IOException e) {
            complaint = "cannot read the authorisation: " + e.getMessage();
        }
        if (!complaint.isEmpty() && !complaint.equals(authorisationComplaint)) {
            events.line(complaint);
        }
        authorisationComplaint = complaint;
    }

    private static Tally tally(Miner miner) {
        return miner.devices().getFirst().tally();
    }

    private void onPool(PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting connecting -> events.line("connecting to " + connecting.pool());
            case PoolEvent.Authorised authorised -> events.line("authorised by " + authorised.pool());
            case PoolEvent.StandingBy standby -> events.line("standing by: " + standby.pool());
            case PoolEvent.Switched switched ->
                events.line(
                        "working for " + switched.to() + " instead of " + switched.from() + ": " + switched.reason());
            case PoolEvent.Dry dry -> events.line("no pool has a job: " + dry.reason());
            case PoolEvent.Sending sending -> sending(sending.share());
            case PoolEvent.NewJob arrived -> {
                pool = arrived.job().pool().toString();
                events.line(
                        "job " + printable(arrived.job().id()) + (arrived.job().isClean() ? " (clean)" : "")
                                + " target " + arrived.job().target());
            }
            case PoolEvent.Judged judged -> {
                journal.judged(judged);
                events.line("share of job " + printable(judged.share().jobId()) + " "
                        + judged.verdict().label()
                        + (judged.verdict().reason().isEmpty()
                                ? ""
                                : ": " + judged.verdict().reason())
                        + " after " + judged.latencyMillis() + " ms");
            }
            case PoolEvent.Said said -> events.line(said.pool() + " " + said.text());
            case PoolEvent.Lost lost ->
                events.line(
                        "lost " + lost.pool() + ": " + lost.reason() + "; next try in " + lost.retryMillis() + " ms");
        }
    }

    /** A share that cannot be written down is sent all the same: the pool pays the customer, whoever counts. */
    private void sending(Share share) {
        try {
            journal.sending(share);
        } catch (IOException e) {
            events.line("cannot note a share before it is sent: " + e.getMessage());
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^!-~]", "?");
    }
}
