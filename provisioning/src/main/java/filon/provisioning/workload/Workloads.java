package filon.provisioning.workload;

import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.lease.Leases;
import filon.provisioning.rate.RateSample;
import filon.provisioning.rate.RateWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The use cases of workloads: what a host says of one is kept, passed on when it says something new, and may end a lease. */
@ApplicationScoped
@Transactional
public class Workloads {
    private final WorkloadStore store;
    private final Leases leases;
    private final Hosts hosts;
    private final ShownWorkloads shown;
    private final RateWatch rates;
    private final Outbox outbox;
    private final Clock clock;

    Workloads(
            WorkloadStore store,
            Leases leases,
            Hosts hosts,
            ShownWorkloads shown,
            RateWatch rates,
            Outbox outbox,
            Clock clock) {
        this.store = store;
        this.leases = leases;
        this.hosts = hosts;
        this.shown = shown;
        this.rates = rates;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What the host said of each GPU of the lease, and what that is taken for; those that were never reported are absent. */
    public List<SeenWorkload> of(LeaseId lease) {
        return store.seen(lease);
    }

    /** Those of every lease that has not ended. */
    public List<SeenWorkload> ofUnended() {
        return store.ofUnended();
    }

    /**
     * Takes a host's report over. One that is older than what is known, or of a lease that has ended, changes nothing.
     *
     * @return why the report cannot be true; empty when it can
     */
    public Optional<String> reported(WorkloadReported report) {
        Optional<Lease> found = leases.lock(report.leaseId());
        if (found.isEmpty()) {
            return Optional.of("there is no lease " + report.leaseId());
        }
        Lease lease = found.get();
        Optional<String> contradiction = contradiction(lease, report);
        if (contradiction.isPresent()) {
            return contradiction;
        }
        if (lease.state() instanceof LeaseState.Ended) {
            noteAfterlife(report);
            return Optional.empty();
        }
        if (store.put(workload(report))) {
            store.heard(lease.id(), report.gpuId(), clock.instant());
            welcome(lease);
            passOn(lease);
            watch(lease, report);
        }
        if (report.state() == WorkloadState.STOPPED) {
            leases.stopped(lease.id(), report.gpuId());
        }
        return Optional.empty();
    }

    /** Ends leases whose hosts should have said so and did not. */
    public void endOverdue(LeaseId lease) {
        List<GpuId> ever =
                store.seen(lease).stream().map(seen -> seen.said().gpu()).toList();
        leases.endOverdue(lease, new Leases.Named(ever, store.namedSinceObeyed(lease)));
    }

    private static Optional<String> contradiction(Lease lease, WorkloadReported report) {
        if (!lease.host().equals(report.hostId())) {
            return Optional.of("lease " + lease.id() + " is not on host " + report.hostId());
        }
        if (lease.epoch() != report.epoch() || !lease.rental().equals(report.rentalId())) {
            return Optional.of("lease " + lease.id() + " has epoch " + lease.epoch() + " of rental " + lease.rental()
                    + ", not epoch " + report.epoch() + " of " + report.rentalId());
        }
        if (report.state() == WorkloadState.UNKNOWN) {
            return Optional.of("a host knows what its workloads do, or says nothing");
        }
        return lease.gpus().contains(report.gpuId())
                ? Optional.empty()
                : Optional.of("lease " + lease.id() + " does not have GPU " + report.gpuId());
    }

    private void watch(Lease lease, WorkloadReported report) {
        if (report.state() == WorkloadState.RUNNING) {
            rates.heard(new RateSample(
                    report.hostId(),
                    report.gpuId(),
                    lease.wish().algorithm(),
                    report.hashRate(),
                    report.since(),
                    report.at()));
        }
    }

    /** A lease has ended for us and not for its host: the reconciliation tells it again. */
    private void noteAfterlife(WorkloadReported report) {
        if (report.state() != WorkloadState.STOPPED) {
            store.heardAfterEnd(report.leaseId(), clock.instant());
        }
    }

    private void welcome(Lease lease) {
        boolean isReserved = hosts.find(lease.host())
                .filter(host -> host.state() instanceof HostState.Reserved)
                .isPresent();
        if (isReserved) {
            hosts.apply(lease.host(), new HostEvent.WorkloadSeen("works for customers"));
        }
    }

    /** Leases whose hosts have fallen silent, or have come back, since something was said of their work. */
    public List<LeaseId> overtakenBySilence() {
        return store.overtakenBySilence();
    }

    /** Says of a silent host's work that nobody knows, and of one that came back what it does. */
    public void tellSilence(LeaseId id) {
        leases.lock(id)
                .filter(lease -> !(lease.state() instanceof LeaseState.Ended))
                .ifPresent(this::passOn);
    }

    private void passOn(Lease lease) {
        List<SeenWorkload> workloads = store.seen(lease.id());
        Optional<WorkloadSummary> silence = silence(lease);
        shown.show(lease, workloads, silence);
        WorkloadSummary now = silence.orElseGet(() -> WorkloadSummary.of(
                lease.gpus().size(), workloads.stream().map(SeenWorkload::said).toList()));
        Optional<WorkloadSummary> before = store.passedOn(lease.id());
        WorkloadSummary summary =
                now.notBefore(before.map(WorkloadSummary::since).orElse(Instant.EPOCH));
        boolean isNews = before.map(said ->
                        said.state() != summary.state() || !said.reason().equals(summary.reason()))
                .orElse(true);
        if (isNews) {
            store.notePassedOn(lease.id(), summary);
            outbox.append(
                    Topics.LEASE_NOTICES,
                    new LeaseNotice.WorkloadObserved(
                            lease.rental(),
                            lease.id(),
                            lease.epoch(),
                            summary.state(),
                            summary.reason(),
                            summary.since()));
        }
    }

    /** What the silence of the lease's host says of its work; empty while the host is heard. */
    private Optional<WorkloadSummary> silence(Lease lease) {
        return hosts.liveness(lease.host())
                .filter(liveness -> liveness.connectivityAt(clock.instant()) == Connectivity.OFFLINE)
                .map(liveness -> WorkloadSummary.ofSilence(liveness.reportedAt(), lease.authorisedUntil()));
    }

    private static Workload workload(WorkloadReported report) {
        return new Workload(
                report.leaseId(),
                report.gpuId(),
                report.state(),
                report.reason() == null ? "" : report.reason(),
                report.since(),
                report.incarnation(),
                report.generation(),
                report.at());
    }
}
