package filon.provisioning.burnin;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.provisioning.desired.DesiredState;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The use cases of burn-ins: one is ordered for each stay in {@code BurningIn}, and its result moves the host. */
@ApplicationScoped
@Transactional
public class BurnIns {
    /** So long before the host's deadline its agent gives up: a result with a reason is worth more than silence. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final BurnInStore store;
    private final BurnInTerms terms;
    private final Hosts hosts;
    private final Inventory inventory;
    private final DesiredState desired;
    private final Clock clock;

    BurnIns(BurnInStore store, BurnInTerms terms, Hosts hosts, Inventory inventory, DesiredState desired, Clock clock) {
        this.store = store;
        this.terms = terms;
        this.hosts = hosts;
        this.inventory = inventory;
        this.desired = desired;
        this.clock = clock;
    }

    /** The newest first. */
    public List<BurnIn> newest(HostId host, int limit) {
        return store.newest(host, limit);
    }

    /** The newest of every host, without what was found of its devices. */
    public Map<HostId, BurnIn> newestOfAll() {
        return store.newestOfAll();
    }

    /** Hosts that wait for one to be ordered. */
    public List<HostId> due() {
        return terms.isRequired() ? store.hostsWithout() : List.of();
    }

    /** Orders one where none is ordered and the devices are free; a host that still has leases waits for their end. */
    public void order(HostId id) {
        Optional<Host> waiting = hosts.lock(id)
                .filter(host -> host.state() instanceof HostState.BurningIn)
                .filter(host -> !store.isOrdered(id, host.since()));
        List<GpuId> gpus = inventory.of(id).stream()
                .filter(InventoryGpu::present)
                .map(InventoryGpu::id)
                .toList();
        if (waiting.isPresent() && !gpus.isEmpty() && !inventory.isOccupied(id)) {
            order(waiting.get(), gpus);
        }
    }

    private void order(Host host, List<GpuId> gpus) {
        Instant now = clock.instant();
        Instant notAfter = host.deadline().orElseThrow().minus(MARGIN);
        if (!notAfter.isAfter(now)) {
            return; // too late for this stay: its deadline says so
        }
        BurnIn burnIn = new BurnIn(
                BurnInId.of(UUID.randomUUID()),
                host.id(),
                host.since(),
                BurnIn.State.ORDERED,
                "ordered; the host has not said that it began",
                gpus,
                List.of(Algorithm.values()),
                terms.benchmarkSeconds(),
                now,
                notAfter,
                Optional.empty(),
                Optional.empty(),
                List.of());
        store.add(burnIn);
        desired.order(host.id(), generation -> run(burnIn, generation));
    }

    private static RunBurnIn run(BurnIn burnIn, long generation) {
        return new RunBurnIn(
                burnIn.host(),
                generation,
                burnIn.id(),
                burnIn.notAfter(),
                burnIn.gpus(),
                burnIn.algorithms(),
                burnIn.benchmarkSeconds());
    }

    /**
     * Takes a host's report over. One that is older than what is known, of a burn-in that is over, or from a host that is not, or not any more, in
     * the stay for which it was ordered, changes nothing.
     *
     * @return why the report cannot be true; empty when it can
     */
    public Optional<String> reported(BurnInReported report) {
        Host host = hosts.lock(report.hostId()).orElseThrow();
        Optional<BurnIn> ordered =
                store.find(report.burnInId()).filter(burnIn -> burnIn.host().equals(host.id()));
        if (ordered.isEmpty()) {
            return Optional.of("host " + host.id() + " was never ordered burn-in " + report.burnInId());
        }
        Optional<String> contradiction = BurnInReportRules.contradiction(ordered.get(), report, clock.instant());
        if (contradiction.isEmpty() && isAwaited(ordered.get(), host)) {
            take(ordered.get(), report);
        }
        return contradiction;
    }

    private static boolean isAwaited(BurnIn burnIn, Host host) {
        return !burnIn.state().isOver()
                && host.state() instanceof HostState.BurningIn
                && host.since().equals(burnIn.stay());
    }

    private void take(BurnIn burnIn, BurnInReported report) {
        if (report.state() == BurnInState.RUNNING) {
            store.put(report, BurnIn.State.RUNNING);
            return;
        }
        BurnInVerdict verdict = BurnInVerdict.of(burnIn.gpus(), report);
        if (store.put(report, verdict.isPassed() ? BurnIn.State.PASSED : BurnIn.State.FAILED)) {
            Instant measuredAt = earlier(report.endedAt(), clock.instant());
            store.putDevices(report, measuredAt);
            if (verdict.isPassed()) {
                report.devices().forEach(device -> keepRates(device, measuredAt));
            }
            hosts.apply(
                    burnIn.host(),
                    verdict.isPassed()
                            ? new HostEvent.BurnInPassed(verdict.reason())
                            : new HostEvent.Failed(HostReason.BURN_IN_FAILED, verdict.reason()));
        }
    }

    private void keepRates(BurnInDevice device, Instant measuredAt) {
        device.benchmarks()
                .forEach(benchmark -> inventory.measured(
                        device.gpuId(),
                        new MeasuredRate(
                                benchmark.algorithm(),
                                benchmark.median(),
                                benchmark.low(),
                                benchmark.high(),
                                measuredAt)));
    }

    /** A host's clock may be ahead. */
    private static Instant earlier(Instant told, Instant now) {
        return told.isBefore(now) ? told : now;
    }

    /** Ends those of which no result can come any more. */
    public int abandon() {
        return store.abandon(clock.instant());
    }
}
