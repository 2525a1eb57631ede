package filon.provisioning.lease;

import filon.contracts.value.CustomerId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps leases; a write that finds another epoch or state than the caller knows does nothing and says so. */
public interface LeaseStore {
    void add(Lease lease, Instant renewAt);

    Optional<Lease> find(LeaseId id);

    /** The lease, with everybody else who decides on it shut out until the transaction ends. */
    Optional<Lease> lock(LeaseId id);

    /** The rental's leases that have not ended, newest epoch first. */
    List<Lease> unended(RentalId rental);

    Optional<Lease> newest(RentalId rental);

    List<Lease> unended(HostId host);

    /** Every host's, in the order in which they were granted. */
    List<Lease> unended();

    /** One per lease of the customer that has not ended. */
    Map<HostId, List<Tenant>> tenants(CustomerId customer);

    /** Notes the generation of the order that the lease began with. */
    void began(LeaseId id, long generation);

    /** The generation of the order that says what is wanted of the lease now: its beginning or its stop, not a renewal. */
    long wantedSince(LeaseId id);

    /** The same of every lease that has not ended. */
    Map<LeaseId, Long> wantedSince();

    /** @return false if the stored lease has another epoch or is not in the state {@code before} */
    boolean renew(Lease lease, LeaseState before, Instant renewAt);

    /** @return false if the stored lease has another epoch or is not in the state {@code before} */
    boolean drain(Lease lease, LeaseState before, long stopGeneration);

    /** @return false if the stored lease has another epoch or is not in the state {@code before} */
    boolean end(Lease lease, LeaseState before, Instant endedAt);

    /** Remembers the newest order to the lease's host. */
    void noteOrder(LeaseId id, long generation, Instant now);

    Optional<Instant> endedAt(LeaseId id);

    /** Notes for draining leases of the host whose stop order is within this generation that it was obeyed. */
    void markObeyed(HostId host, long generation, Instant now);

    List<LeaseId> toRenew(Instant now);

    List<LeaseId> drainingPast(Instant authorisedUntil);

    /** Draining leases whose host obeyed the stop order by then. */
    List<LeaseId> obeyedBefore(Instant then);
}
