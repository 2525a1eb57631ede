package filon.api.fleet;

import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.TelemetrySample;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the newest of everything that was said of hosts. */
public interface FleetStore {
    /** Keeps the host and its GPUs, unless a newer version is here. */
    void know(HostKnown host);

    /** Keeps which GPUs a lease has. */
    void grant(Granted granted);

    /** @return whether the host is known; of others nothing is kept */
    boolean hear(HostReported report, Instant now);

    /** @return whether the GPU is a known host's; of others nothing is kept */
    boolean hear(WorkloadReported report, Instant now);

    /** @return whether the GPU is a known host's; of others nothing is kept */
    boolean hear(TelemetrySample sample, Instant now);

    /** @param freshFrom readings heard before are old */
    List<Host> hosts(Instant freshFrom);

    /** One per GPU of each lease of each rental, in the order of the leases; rentals without a lease are absent. */
    Map<RentalId, List<Reading>> readings(Collection<RentalId> rentals, Instant freshFrom);

    /** How many devices of a kind nobody rents, on hosts in one of these states. */
    int free(DeviceKind kind, Set<String> hostStates);

    /** What those devices were measured to hash, in the order of the algorithms' names; what none was measured with is absent. */
    List<MeasuredRate> rates(DeviceKind kind, Set<String> hostStates);
}
