package filon.billing.meter;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where leases and their meters are kept. */
public interface MeterStore {
    /** Between a look for an unknown lease and what follows from it, nobody else may grant it or park usage of it. */
    void lock(LeaseId lease);

    Map<LeaseId, Lease> find(Collection<LeaseId> leases);

    /** Adds a lease; of a known one only the authorisation is prolonged. @return the lease as it is now known */
    Lease grant(Lease lease);

    /** Notes the end of a lease; the first note stays. @return the rental of the lease if that is known */
    Optional<RentalId> end(LeaseId lease, long epoch, LeaseEnd end, String reason);

    void park(Set<Parked> parked);

    /** Takes the reports that wait for this lease off the waiting list. */
    List<ParkedReport> takeParked(LeaseId lease);

    /** Registers headers nobody claimed yet. @return the claims that already stood against one of these, locked */
    List<Claim> register(Collection<Claim> claims);

    /** Gives a header to another claim, and rebuilds the windows of the one that loses it from its other shares. */
    void reassign(Claim from, Claim to);

    /** Joins the deltas into the meters: union and maximum only. */
    void join(Collection<GpuDelta> deltas);

    /** Notes that the cost of these rentals may have changed. */
    void touch(Set<RentalId> rentals);

    /** All leases of a rental with their meters, by epoch. */
    List<LeaseReading> readings(RentalId rental);

    /** The last report of each GPU of the lease that has one. */
    Map<GpuId, ReportId> finalReports(LeaseId lease);

    List<Lane> lanes(HostId host);

    /** A report that waits for a lease. */
    record Parked(LeaseId lease, ReportId report) {}

    record ParkedReport(ReportId report, Instant receivedAt, byte[] payload) {}
}
