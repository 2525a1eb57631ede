package filon.provisioning;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.TestRequests;
import filon.provisioning.enrolment.Application;
import filon.provisioning.enrolment.Enrolled;
import filon.provisioning.enrolment.Enrolments;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import filon.provisioning.enrolment.Invitation;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.placement.Placements;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.util.List;

/** Sets hosts up without the detours that the tests of enrolment take. */
@ApplicationScoped
public class Scene {
    private final Enrolments enrolments;
    private final HostTopicsReconciliation topics;
    private final Hosts hosts;
    private final Placements placements;
    private final MovableClock clock;

    Scene(
            Enrolments enrolments,
            HostTopicsReconciliation topics,
            Hosts hosts,
            Placements placements,
            MovableClock clock) {
        this.enrolments = enrolments;
        this.topics = topics;
        this.hosts = hosts;
        this.placements = placements;
        this.clock = clock;
    }

    /** An enrolled host with its key, as it knows itself. */
    public record EnrolledHost(Enrolled identity, KeyPair pair) {
        public HostId id() {
            return identity.hostId();
        }
    }

    /** Leaves nothing that another test could be given: no host, no waiting rental. */
    public void clear() {
        clock.reset();
        for (Host host : hosts.all()) {
            hosts.apply(host.id(), new HostEvent.Failed("another test begins"));
        }
        placements.awaiting().forEach(rental -> placements.end(rental, "another test begins"));
    }

    /** Its serial number is the expected one, so that no person has to confirm it. */
    public EnrolledHost enrol(String name) {
        String serial = "serial of " + name;
        EnrolledHost host = redeem(enrolments.invite(name, "lyon", serial, "ola"), serial);
        return told(host);
    }

    /** The host enrols again with a new key, from where it was set aside. */
    public EnrolledHost enrolAgain(HostId id) {
        String serial = "serial of " + id;
        return told(redeem(enrolments.inviteAgain(id, serial, "ola"), serial));
    }

    /** @param serial what the agent finds on its machine; empty when it finds none */
    public EnrolledHost redeem(Invitation invitation, String serial) {
        KeyPair pair = TestRequests.pair();
        return new EnrolledHost(
                enrolments.redeem(application(invitation, pair, serial)).orElseThrow(), pair);
    }

    public static Application application(Invitation invitation, KeyPair pair, String serial) {
        return new Application(
                invitation.token(), AgentCertificates.prove(TestRequests.pem(pair, "CN=x")), "1.0", serial);
    }

    private EnrolledHost told(EnrolledHost host) {
        if (!topics.reconcile(host.id())) {
            throw new IllegalStateException("the host's topics could not be made");
        }
        return host;
    }

    /** An enrolled host that has reported and can be leased. */
    public HostId available(String name, DeviceKind kind, int gpus) {
        return reporting(name, kind, gpus).id();
    }

    /** The same with its key. */
    public EnrolledHost reporting(String name, DeviceKind kind, int gpus) {
        EnrolledHost host = enrol(name);
        hosts.reported(report(host.id(), 0, Samples.gpus(host.id(), kind, gpus)));
        return host;
    }

    public HostReported report(HostId host, long generation, List<Gpu> gpus) {
        return new HostReported(host, 1, generation, "1.0", clock.instant(), gpus);
    }

    public WorkloadReported workload(Granted granted, WorkloadState state, String reason) {
        return workload(granted, granted.gpuIds().getFirst(), state, reason);
    }

    public WorkloadReported workload(Granted granted, GpuId gpu, WorkloadState state, String reason) {
        return new WorkloadReported(
                granted.hostId(),
                1,
                granted.rentalId(),
                granted.leaseId(),
                granted.epoch(),
                1,
                gpu,
                state,
                reason,
                clock.instant(),
                HashRate.ZERO,
                0,
                0,
                0,
                clock.instant());
    }
}
