package filon.provisioning.history;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.Tenant;
import filon.provisioning.location.Location;
import filon.provisioning.placement.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One host of the model world: its row in the database, what is true of the machine itself, and what really happened to it.
 *
 * <p>{@code tried} is not read by any rule: it says whether a burn-in has passed or was waived since the last time that something was
 * wrong, and the invariants compare it with what the rules did.
 */
final class Machine {
    Host host;
    final Location location;
    final List<Card> cards = new ArrayList<>();
    Instant lastReport;
    Instant maintenanceAt;
    boolean silent;
    boolean tried;
    /** What the agent runs, until its authorisation as it knows it. */
    final Map<LeaseId, Run> running = new HashMap<>();
    /** Leases whose stop the agent has heard. */
    final Set<LeaseId> obeyed = new HashSet<>();

    /** A workload that really runs. */
    record Run(List<GpuId> gpus, Instant until) {}

    /** One GPU: its row, and whether it is in the machine. */
    static final class Card {
        final GpuId id;
        boolean plugged = true;
        boolean present;
        boolean tried;
        GpuHealth health;

        Card(GpuId id) {
            this.id = id;
        }

        boolean isKnown() {
            return health != null;
        }
    }

    Machine(int number, int gpus, Instant now) {
        HostId id = HostId.of(new UUID(0x1000, number));
        host = new Host(
                id,
                "host" + number,
                "site" + number % 2,
                new HostState.Enrolled(),
                HostReason.ENROLLED,
                "its topics are made",
                now,
                1);
        location = new Location("site" + number % 2, number < 2 ? "r1" : null, null);
        for (int i = 0; i < gpus; i++) {
            cards.add(new Card(GpuId.of(host.name() + "-" + i)));
        }
    }

    Candidate seen(Instant now, Map<GpuId, Lease> allocated, Collection<Lease> live) {
        List<Candidate.Device> devices = new ArrayList<>();
        for (Card card : cards) {
            if (card.isKnown()) {
                devices.add(new Candidate.Device(
                        card.id,
                        DeviceKind.GPU,
                        "model",
                        card.health,
                        card.present && !allocated.containsKey(card.id),
                        Map.of()));
            }
        }
        List<Tenant> tenants = new ArrayList<>();
        for (Lease lease : live) {
            if (lease.host().equals(host.id())) {
                tenants.add(new Tenant(lease.wish().customerId(), lease.wish().antiAffinity()));
            }
        }
        return new Candidate(
                host,
                lastReport == null ? Connectivity.NEVER_HEARD : Connectivity.at(lastReport, now),
                location,
                maintenanceAt == null ? null : Duration.between(now, maintenanceAt),
                devices,
                tenants);
    }

    boolean isOccupied(Map<GpuId, Lease> allocated) {
        for (Card card : cards) {
            if (allocated.containsKey(card.id)) {
                return true;
            }
        }
        return false;
    }

    Card card(GpuId id) {
        for (Card card : cards) {
            if (card.id.equals(id)) {
                return card;
            }
        }
        throw new IllegalArgumentException(host.name() + " has no GPU " + id);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(host.name() + " " + host.state().label() + (tried ? " tried" : ""));
        for (Card card : cards) {
            GpuState state = card.isKnown() ? card.health.state() : null;
            text.append(' ').append(card.id).append('=').append(state == null ? "unknown" : state.label());
        }
        return text.toString();
    }
}
