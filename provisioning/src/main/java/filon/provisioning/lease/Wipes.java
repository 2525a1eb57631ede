package filon.provisioning.lease;

import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.WipeState;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.safety.Automation;
import filon.provisioning.safety.Safety;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What frees the GPUs of a lease: the host's word that nothing of it is left. A host that says otherwise, or nothing in time, is set aside, and only
 * a burn-in, which overwrites the memory too, leads back.
 */
@ApplicationScoped
@Transactional
public class Wipes {
    private final Leases leases;
    private final Inventory inventory;
    private final Hosts hosts;
    private final Safety safety;

    Wipes(Leases leases, Inventory inventory, Hosts hosts, Safety safety) {
        this.leases = leases;
        this.inventory = inventory;
        this.hosts = hosts;
        this.safety = safety;
    }

    /**
     * Takes a host's word over. Of a lease that still works it says nothing yet; a wipe that is known to have ended changes nothing.
     *
     * @return why the report cannot be true; empty when it can
     */
    public Optional<String> reported(WipeReported report) {
        Optional<Lease> found = leases.lock(report.leaseId());
        if (found.isEmpty()) {
            return Optional.of("there is no lease " + report.leaseId());
        }
        Lease lease = found.get();
        if (!lease.host().equals(report.hostId()) || !lease.gpus().contains(report.gpuId())) {
            return Optional.of(
                    "lease " + lease.id() + " does not have GPU " + report.gpuId() + " of host " + report.hostId());
        }
        if (!(lease.state() instanceof LeaseState.Granted)) {
            take(lease, report);
        }
        return Optional.empty();
    }

    private void take(Lease lease, WipeReported report) {
        if (!inventory.endWipe(lease.id(), report.gpuId())) {
            return;
        }
        if (report.state() == WipeState.FAILED) {
            hosts.apply(
                    lease.host(),
                    new HostEvent.Failed("GPU " + report.gpuId() + " is not wiped after lease " + lease.id() + ": "
                            + report.detail()));
        }
        if (lease.state() instanceof LeaseState.Ended) {
            leases.freed(lease.host());
        } else {
            // who wipes has no workload any more, whether or not that was heard
            leases.stopped(lease.id(), report.gpuId());
        }
    }

    /** Leases whose hosts said nothing in time; none while hosts are not to be judged by their silence. */
    public List<LeaseId> overdue() {
        return safety.isBraked() ? List.of() : inventory.unwipedByNow();
    }

    /** Sets the host aside that did not say in time what became of the lease's GPUs. */
    public void giveUp(LeaseId id) {
        Lease lease = leases.lock(id).orElseThrow();
        List<GpuId> unwiped = inventory.unwiped(id);
        if (unwiped.isEmpty()
                || !inventory.unwipedByNow().contains(id)
                || !safety.mayActOn(Automation.DEADLINES, lease.host())) {
            return;
        }
        hosts.apply(
                lease.host(),
                new HostEvent.Failed(unwiped.stream().map(gpu -> "GPU " + gpu).collect(Collectors.joining(", "))
                        + " not wiped within " + WipeTerms.WITHIN.toMinutes() + " minutes after lease " + id
                        + ": its host did not say so"));
        unwiped.forEach(gpu -> inventory.endWipe(id, gpu));
        leases.freed(lease.host());
    }
}
