package filon.provisioning.maintenance;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.Leases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The use cases of maintenance: a window is announced, cancelled, or begins. */
@ApplicationScoped
@Transactional
public class MaintenanceWindows {
    private static final String KIND = "Maintenance";
    private static final String CONSEQUENCE =
            "from then on its host takes no other rental; this one goes on there until it ends";

    private final MaintenanceWindowStore store;
    private final Hosts hosts;
    private final Leases leases;
    private final Outbox outbox;
    private final Clock clock;

    MaintenanceWindows(MaintenanceWindowStore store, Hosts hosts, Leases leases, Outbox outbox, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.leases = leases;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What staff say of a window. */
    public record Announcement(Instant startsAt, String reason, String by) {}

    /** Windows that have neither begun nor been cancelled, the earliest first. */
    public List<MaintenanceWindow> ahead() {
        return store.ahead();
    }

    public List<MaintenanceWindow> ahead(HostId host) {
        return store.ahead().stream()
                .filter(window -> window.host().equals(host))
                .toList();
    }

    /** @throws ProblemException if there is no such host, or the window would lie in the past */
    public MaintenanceWindow announce(HostId host, Announcement announced) {
        boolean isGone = hosts.find(host)
                        .orElseThrow(() -> problem(ProblemCode.NOT_FOUND, "there is no host " + host))
                        .state()
                instanceof HostState.Retired;
        if (isGone) {
            throw problem(ProblemCode.CONFLICT, "host " + host + " is retired");
        }
        Instant now = clock.instant();
        if (announced.startsAt().isBefore(now)) {
            throw new ProblemException(Problem.field(
                    "/startsAt", "a window that starts at " + announced.startsAt() + " is over now, at " + now));
        }
        MaintenanceWindow window = new MaintenanceWindow(
                UUID.randomUUID(), host, announced.startsAt(), announced.reason(), announced.by());
        store.add(window, now);
        hosts.note(
                host,
                KIND,
                "announced for " + window.startsAt() + ": " + window.reason() + " (" + window.announcedBy() + ")");
        leases.unended(host).forEach(lease -> tell(lease, window));
        return window;
    }

    /** Tells the customer of a lease that begins what is ahead of its host. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(Lease lease) {
        ahead(lease.host()).forEach(window -> tell(lease, window));
    }

    private void tell(Lease lease, MaintenanceWindow window) {
        outbox.append(
                Topics.LEASE_NOTICES,
                new LeaseNotice.MaintenanceAnnounced(
                        lease.rental(),
                        lease.id(),
                        lease.epoch(),
                        window.id(),
                        window.startsAt(),
                        window.reason(),
                        CONSEQUENCE));
    }

    /** @throws ProblemException if the host has no such window ahead */
    public void cancel(HostId host, UUID id, String by) {
        MaintenanceWindow window = store.lockAhead(id)
                .filter(found -> found.host().equals(host))
                .orElseThrow(() -> problem(
                        ProblemCode.NOT_FOUND, "host " + host + " has no maintenance window " + id + " ahead of it"));
        store.cancel(id, by);
        hosts.note(host, KIND, "cancelled for " + window.startsAt() + " (" + by + ")");
        leases.unended(host)
                .forEach(lease -> outbox.append(
                        Topics.LEASE_NOTICES,
                        new LeaseNotice.MaintenanceWithdrawn(lease.rental(), lease.id(), lease.epoch(), id)));
    }

    /** Windows whose time has come. */
    public List<UUID> due() {
        Instant now = clock.instant();
        return store.ahead().stream()
                .filter(window -> !window.startsAt().isAfter(now))
                .map(MaintenanceWindow::id)
                .toList();
    }

    /**
     * Drains the window's host. One that is out of service already stays as it is; one that is still on its way in is drained as soon
     * as it could be leased.
     */
    public void begin(UUID id) {
        store.lockAhead(id).ifPresent(window -> {
            String reason = "maintenance: " + window.reason() + " (" + window.announcedBy() + ")";
            HostMoves.Answer answer = hosts.decide(window.host(), new HostEvent.DrainAsked(reason));
            if (!isOutOfService(window.host())) {
                return;
            }
            store.begin(id, clock.instant());
            if (answer instanceof HostMoves.Refused(var code, String why)) {
                hosts.note(window.host(), KIND, "begun without a drain: " + why);
            }
        });
    }

    private boolean isOutOfService(HostId host) {
        return switch (hosts.find(host).orElseThrow().state()) {
            case HostState.Enrolled s -> false;
            case HostState.Verifying s -> false;
            case HostState.Inspecting s -> false;
            case HostState.BurningIn s -> false;
            case HostState.Available s -> false;
            case HostState.Reserved s -> false;
            case HostState.InService s -> false;
            case HostState.Draining s -> true;
            case HostState.Maintenance s -> true;
            case HostState.Quarantined s -> true;
            case HostState.Retired s -> true;
        };
    }

    private static ProblemException problem(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
