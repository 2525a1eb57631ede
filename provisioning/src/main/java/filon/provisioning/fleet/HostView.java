package filon.provisioning.fleet;

import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Owner;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.HostEventLine;
import filon.provisioning.host.HostState;
import filon.provisioning.maintenance.MaintenanceWindow;
import java.time.Instant;
import java.util.List;

/**
 * A host with all that staff want to know of it; what does not exist is null.
 *
 * @param maintenance windows that have neither begun nor been cancelled, the earliest first
 * @param code of the reason, for programs
 * @param owner on whose side it lies
 * @param nextStep what happens next by itself, or what a person has to do
 * @param deadline when its state's silence begins to mean something
 * @param move who has to act for the host to get on
 * @param lastReportAt by the host's own clock, never later than ours
 * @param appliedGeneration the highest order the host has applied
 * @param burnIn the newest
 */
public record HostView(
        HostId id,
        String name,
        String site,
        String rack,
        String power,
        String state,
        String code,
        String reason,
        Owner owner,
        Instant since,
        String nextStep,
        Instant deadline,
        HostState.Move move,
        Connectivity connectivity,
        Instant lastReportAt,
        String agentVersion,
        Long appliedGeneration,
        IdentityView identity,
        List<GpuView> gpus,
        List<LeaseView> leases,
        List<MaintenanceWindow> maintenance,
        List<HostEventLine> events,
        BurnInView burnIn) {

    /**
     * Who the host is to the platform.
     *
     * @param enrolment how often it has enrolled
     * @param fingerprint of its key, as its console shows it
     * @param expectedSerial what the token named; empty when it named none
     * @param foundSerial what the agent found; empty when it could not read one
     * @param certificateEnds of the newest certificate
     * @param confirmedAt null while nobody has confirmed that it is the machine that was meant
     */
    public record IdentityView(
            int enrolment,
            Fingerprint fingerprint,
            String expectedSerial,
            String foundSerial,
            Instant certificateEnds,
            Instant confirmedAt,
            Instant revokedAt) {}

    /** A GPU; {@code leaseId} is null while it is free. */
    public record GpuView(
            GpuId id,
            String name,
            DeviceKind kind,
            long memoryBytes,
            int computeUnits,
            String driver,
            String pciId,
            boolean present,
            String state,
            String code,
            String reason,
            Owner owner,
            Instant since,
            String nextStep,
            List<MeasuredRate> measured,
            LeaseId leaseId,
            RentalId rentalId) {}

    /** A lease that has not ended. */
    public record LeaseView(
            LeaseId id,
            RentalId rentalId,
            long epoch,
            String state,
            String code,
            String reason,
            Owner owner,
            Instant since,
            String nextStep,
            List<GpuId> gpuIds,
            Instant grantedAt,
            Instant authorisedUntil,
            List<WorkloadView> workloads) {}

    /**
     * One GPU of a lease.
     *
     * @param state what the host last said, with its reason and since when; null while it has said nothing
     * @param shown what it is taken to do, which is {@code UNKNOWN} while its host is silent; null while it was never reported
     * @param standing what that means, given what is wanted and who has the GPU
     */
    public record WorkloadView(
            GpuId gpuId,
            WorkloadState state,
            String reason,
            Instant since,
            Standing shown,
            String standing,
            String why,
            HostState.Move move) {}
}
