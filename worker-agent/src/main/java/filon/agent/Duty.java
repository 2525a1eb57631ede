package filon.agent;

import filon.agent.burnin.BurnIns;
import filon.agent.burnin.Surroundings;
import filon.agent.control.OrderBook;
import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSignatures;
import filon.agent.control.OrderState.StoppedLease;
import filon.agent.control.Verdict;
import filon.agent.identity.Identity;
import filon.agent.inventory.Inventory;
import filon.agent.meter.Incarnation;
import filon.agent.meter.MeteredWorkload;
import filon.agent.meter.MeteringLogWriter;
import filon.agent.meter.UsageMeter;
import filon.agent.telemetry.BurnInTelemetry;
import filon.agent.telemetry.Telemetry;
import filon.agent.telemetry.Voice;
import filon.agent.telemetry.WipeTelemetry;
import filon.agent.uplink.Messenger;
import filon.agent.wipe.Wipes;
import filon.agent.workload.Action;
import filon.agent.workload.Assignment;
import filon.agent.workload.HostGpus;
import filon.agent.workload.Observed;
import filon.agent.workload.Reconciliation;
import filon.agent.workload.WorkloadKey;
import filon.agent.workload.WorkloadView;
import filon.agent.workload.Workloads;
import filon.contracts.message.FleetEvent.AgentStarted;
import filon.contracts.message.FleetEvent.OrderRefused;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.TrimUsage;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What the agent does each second: observe, decide, act, meter, tell. All of it on the agent's one thread.
 *
 * <p>Each round starts from what is true on disk and in the process table, so that a round that fails is simply tried again.
 */
final class Duty {
    private static final Logger LOG = Logger.getLogger(Duty.class);
    private static final Duration FOLDER_KEPT = Duration.ofHours(24);
    private static final Duration STEP = Duration.ofMillis(100);
    private final AgentConfiguration configuration;
    private final Outside outside;
    private final Identity identity;
    private final OrderBook orders;
    private final Workloads workloads;
    private final MeteringLogWriter log;
    private final UsageMeter meter;
    private final Voice voice;
    private final Telemetry telemetry;
    private final BurnIns burnIns;
    private final BurnInTelemetry burnInTelemetry;
    private final Wipes wipes;
    private final Clearance clearance;
    private final WipeTelemetry wipeTelemetry;
    private final Map<String, Instant> over = new HashMap<>();
    private Inventory inventory = new Inventory(List.of());
    private Runnable usageWritten = () -> {};
    private Runnable devicesDoubted = () -> {};
    private Instant nextReport = Instant.MIN;
    private String lastFailure = "";

    private Duty(AgentConfiguration configuration, Outside outside, Identity identity, Messenger messenger)
            throws IOException {
        Path home = configuration.home();
        this.configuration = configuration;
        this.outside = outside;
        this.identity = identity;
        long incarnation = Incarnation.next(home, identity.enrolment());
        var signatures = new OrderSignatures(identity.hostId(), identity.orderKeys());
        this.orders = OrderBook.open(home, signatures, outside.clock());
        this.log = MeteringLogWriter.open(home, configuration.keepTrimmed(), outside.disk());
        this.meter = new UsageMeter(identity.hostId(), incarnation, log, home, outside.clock());
        this.voice = new Voice(identity.hostId(), incarnation, messenger, outside.clock(), outside::newId);
        this.telemetry = new Telemetry(
                new Telemetry.Life(identity.hostId(), incarnation, outside.newId(), Agent.VERSION), voice);
        this.burnIns = BurnIns.open(home, outside.burnInLauncher(), outside.clock());
        this.burnInTelemetry = new BurnInTelemetry(identity.hostId(), incarnation, voice);
        this.wipes = Wipes.open(home, outside.wipeLauncher(), outside.clock());
        this.wipeTelemetry = new WipeTelemetry(identity.hostId(), incarnation, voice);
        this.workloads = Workloads.open(
                home,
                outside.launcher(),
                new WorkloadEvents(identity.hostId(), voice, outside.clock(), this::doubtDevices),
                outside.clock(),
                outside::nanos);
        this.clearance = new Clearance(orders, workloads, meter, wipes);
        orders.trim().ifPresent(trim -> meter.reopenUnacknowledged(trim.incarnation(), trim.throughSequence()));
        if (orders.trim().isEmpty()) {
            meter.reopenUnacknowledged(0, 0);
        }
        voice.event(new AgentStarted(
                identity.hostId(), outside.clock().instant(), incarnation, Agent.VERSION, workloads.aliveCount()));
    }

    /** Opens all that is on disk, and finds the processes of an earlier life. */
    static Duty begin(AgentConfiguration configuration, Outside outside, Identity identity, Messenger messenger)
            throws IOException {
        return new Duty(configuration, outside, identity, messenger);
    }

    MeteringLogWriter meteringLog() {
        return log;
    }

    void onUsageWritten(Runnable action) {
        usageWritten = action;
    }

    /** To be run when a workload has ended unasked: its device may be gone. */
    void onDevicesDoubted(Runnable action) {
        devicesDoubted = action;
    }

    private void doubtDevices() {
        devicesDoubted.run();
    }

    void inventory(Inventory listed) {
        inventory = listed;
    }

    /** Trimming comes every few seconds and changes nothing that anybody watches. */
    private static Logger.Level levelOf(HostOrder order) {
        return switch (order) {
            case HostOrder.RunWorkload run -> Logger.Level.INFO;
            case HostOrder.StopWorkload stop -> Logger.Level.INFO;
            case HostOrder.TrimUsage trim -> Logger.Level.DEBUG;
            case HostOrder.RunBurnIn burnIn -> Logger.Level.INFO;
        };
    }

    void receive(OrderRecord record) {
        try {
            Verdict verdict = orders.receive(record);
            switch (verdict) {
                case Verdict.Accepted(var order) -> {
                    LOG.logf(levelOf(order), "Order for %s accepted, generation %d", order.slot(), order.generation());
                    tick();
                }
                case Verdict.Known known -> LOG.debugf("Order record %d says nothing new", record.offset());
                case Verdict.Refused refused -> refuse(record, refused);
            }
        } catch (IOException e) {
            // not believed without being stored; it is read again at the next start, and a newer order replaces it
            failed("An order could not be stored", e);
        }
    }

    private void refuse(OrderRecord record, Verdict.Refused refused) {
        LOG.warnf(
                "Order record %d refused (%s): %s",
                record.offset(), refused.code().code(), refused.reason());
        voice.event(new OrderRefused(
                identity.hostId(),
                outside.clock().instant(),
                record.slot(),
                refused.code().code(),
                refused.reason(),
                refused.generation(),
                refused.epoch(),
                record.offset()));
    }

    /** One round. */
    void tick() {
        try {
            round(desired());
            lastFailure = "";
        } catch (IOException | RuntimeException e) {
            failed("A round of the agent failed and is tried again", e);
        }
    }

    /** The last round: perhaps ends the processes, then reports what is metered. */
    void end(boolean stopWorkloads) {
        try {
            if (stopWorkloads) {
                stopAll();
            }
            nextReport = Instant.MIN;
            round(stopWorkloads ? List.of() : desired());
        } catch (IOException e) {
            failed("The last round of the agent failed", e);
        }
        burnIns.end();
        wipes.end();
    }

    void close() throws IOException {
        log.close();
    }

    private List<Assignment> desired() {
        return orders.running().stream()
                .flatMap(run -> Assignment.of(run).stream())
                .toList();
    }

    private void round(List<Assignment> desired) throws IOException {
        Instant now = outside.clock().instant();
        Map<GpuId, DeviceSelector> devices = inventory.selectors(identity.hostId());
        List<Observed> observed = workloads.observe();
        HostGpus gpus = new HostGpus(devices.keySet(), Clearance.union(burnIns.gpus(), wipes.gpus()), wipes.unwiped());
        for (Action action : Reconciliation.decide(desired, observed, gpus, now)) {
            if (action instanceof Action.Launch(Assignment assignment)) {
                wipes.owe(assignment);
            }
            workloads.carryOut(action, devices);
        }
        settle(now);
        trim();
        usage(now);
        telemetry.tell(
                now,
                inventory.gpus(identity.hostId()),
                orders.generation(),
                workloads.views(),
                Map.copyOf(over),
                meter);
        // last: a disk that takes nothing of it must not keep workloads from being looked after
        Surroundings surroundings = surroundings(devices, desired, observed, now);
        Set<GpuId> toWipe = clearance.round(surroundings, burnIns);
        burnIns.round(orders.burnIn(), surroundings.alsoWorking(toWipe));
        burnIns.newest().ifPresent(burnIn -> burnInTelemetry.tell(now, burnIn));
        wipes.records().forEach(record -> wipeTelemetry.tell(now, record));
        forget(now);
    }

    private static Surroundings surroundings(
            Map<GpuId, DeviceSelector> devices, List<Assignment> desired, List<Observed> observed, Instant now) {
        Map<GpuId, LeaseId> ordered = new HashMap<>();
        desired.stream()
                .filter(assignment -> assignment.authorisedUntil().isAfter(now))
                .forEach(assignment ->
                        ordered.put(assignment.key().gpuId(), assignment.key().leaseId()));
        Set<GpuId> working = observed.stream()
                .filter(Observed::isAlive)
                .map(one -> one.key().gpuId())
                .collect(Collectors.toSet());
        return new Surroundings(devices, ordered, working);
    }

    /** A stop order is carried out when the process is gone; only then is its usage final. */
    private void settle(Instant now) {
        Map<String, WorkloadView> known = workloads.viewsByKey();
        for (StoppedLease lease : orders.stopped()) {
            for (Assignment assignment : Assignment.of(lease.run())) {
                settle(
                        assignment,
                        lease.reason(),
                        Optional.ofNullable(known.get(assignment.key().toString())),
                        now);
            }
        }
    }

    private void settle(Assignment assignment, String reason, Optional<WorkloadView> view, Instant now) {
        String key = assignment.key().toString();
        if (view.isEmpty() && meter.isFinal(key)) {
            return; // settled and forgotten long ago
        }
        workloads.know(assignment);
        if (view.isEmpty() || !view.get().isAlive()) {
            workloads.end(assignment.key(), reason);
            over.putIfAbsent(key, now);
        }
    }

    private void trim() throws IOException {
        Optional<TrimUsage> trim = orders.trim();
        if (trim.isPresent()) {
            log.trim(trim.get().incarnation(), trim.get().throughSequence());
        }
    }

    private void usage(Instant now) throws IOException {
        List<MeteredWorkload> metered =
                workloads.views().stream().map(this::metered).toList();
        meter.collect(metered);
        boolean endsSomething = metered.stream().anyMatch(one -> one.isOver() && !meter.isFinal(one.key()));
        if (now.isBefore(nextReport) && !endsSomething && !meter.isBehind()) {
            return;
        }
        nextReport = now.plus(configuration.meterInterval());
        if (meter.report(metered).isPresent()) {
            usageWritten.run();
        }
    }

    private MeteredWorkload metered(WorkloadView view) {
        Assignment assignment = view.assignment();
        return new MeteredWorkload(
                assignment.key().leaseId(),
                assignment.rentalId(),
                assignment.epoch(),
                assignment.key().gpuId(),
                view.folder().resolve("meter.jsonl"),
                !view.isAlive() && over.containsKey(view.key().toString()));
    }

    /** What is known of ended workloads stays for a day; where the log is kept for ever, it is too. */
    private void forget(Instant now) throws IOException {
        if (configuration.keepTrimmed()) {
            return;
        }
        List<WorkloadKey> old = new ArrayList<>();
        for (WorkloadView view : workloads.views()) {
            String key = view.key().toString();
            boolean isOld = over.containsKey(key) && now.isAfter(over.get(key).plus(FOLDER_KEPT));
            if (isOld && meter.isFinal(key) && !view.isAlive()) {
                old.add(view.key());
            }
        }
        for (WorkloadKey key : old) {
            workloads.forget(key);
            over.remove(key.toString());
        }
        meter.keepOnly(keysInUse());
    }

    private Set<String> keysInUse() {
        Set<String> keys = orders.stopped().stream()
                .flatMap(lease -> Assignment.of(lease.run()).stream())
                .map(assignment -> assignment.key().toString())
                .collect(Collectors.toSet());
        workloads.views().forEach(view -> keys.add(view.key().toString()));
        return keys;
    }

    private void stopAll() throws IOException {
        Map<GpuId, DeviceSelector> none = Map.of();
        long began = outside.nanos();
        long patience = Reconciliation.STOP_WITHIN.plusSeconds(2).toNanos();
        List<Observed> observed = workloads.observe();
        while (observed.stream().anyMatch(Observed::isAlive) && outside.nanos() - began < patience) {
            Instant now = outside.clock().instant();
            for (Action action : Reconciliation.decide(List.of(), observed, HostGpus.NONE, now)) {
                workloads.carryOut(action instanceof Action.Stop(var key, var reason) ? ending(key) : action, none);
            }
            outside.pause(STEP);
            observed = workloads.observe();
        }
    }

    private static Action ending(WorkloadKey key) {
        return new Action.Stop(key, "the agent ends, and is set to end its workloads too");
    }

    /** Says a failure once, not each second. */
    private void failed(String what, Exception e) {
        if (!e.toString().equals(lastFailure)) {
            LOG.errorf(e, "%s: %s", what, e.getMessage());
        }
        lastFailure = e.toString();
    }
}
