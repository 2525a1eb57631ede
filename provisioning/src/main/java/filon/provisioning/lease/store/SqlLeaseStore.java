package filon.provisioning.lease.store;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Json;
import filon.provisioning.database.Database.Row;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseReason;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.lease.LeaseStore;
import filon.provisioning.lease.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlLeaseStore implements LeaseStore {
    private static final String SELECT = """
            select id, rental_id, epoch, host_id, wish, gpu_ids, state, code, reason, since, granted_at,
              authorised_until
            from lease
            """;
    private static final int BATCH_MAX = 500;
    private final Database database;

    SqlLeaseStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Lease lease, Instant renewAt) {
        database.write(
                """
                insert into lease (id, rental_id, epoch, host_id, wish, gpu_ids, state, code, reason, since,
                                   granted_at, authorised_until, renew_at, ordered_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                lease.id().value(),
                lease.rental().value(),
                lease.epoch(),
                lease.host().value(),
                new Json(lease.wish()),
                new Json(lease.gpus()),
                lease.state().label(),
                lease.code(),
                lease.reason(),
                lease.since(),
                lease.grantedAt(),
                lease.authorisedUntil(),
                renewAt,
                lease.grantedAt());
    }

    @Override
    public Optional<Lease> find(LeaseId id) {
        return database.first(SELECT + "where id = ?", SqlLeaseStore::lease, id.value());
    }

    @Override
    public Optional<Lease> lock(LeaseId id) {
        return database.first(SELECT + "where id = ? for update", SqlLeaseStore::lease, id.value());
    }

    @Override
    public List<Lease> unended(RentalId rental) {
        return database.all(
                SELECT + "where rental_id = ? and state <> 'Ended' order by epoch desc",
                SqlLeaseStore::lease,
                rental.value());
    }

    @Override
    public Optional<Lease> newest(RentalId rental) {
        return database.first(
                SELECT + "where rental_id = ? order by epoch desc limit 1", SqlLeaseStore::lease, rental.value());
    }

    @Override
    public List<Lease> unended(HostId host) {
        return database.all(
                SELECT + "where host_id = ? and state <> 'Ended' order by granted_at",
                SqlLeaseStore::lease,
                host.value());
    }

    @Override
    public List<Lease> unended() {
        return database.all(SELECT + "where state <> 'Ended' order by granted_at", SqlLeaseStore::lease);
    }

    @Override
    public Map<HostId, List<Tenant>> tenants(CustomerId customer) {
        record Of(HostId host, Tenant tenant) {}
        return database
                .all(
                        """
                        select host_id, wish ->> 'antiAffinity' as anti_affinity from lease
                        where wish ->> 'customerId' = ? and state <> 'Ended'
                        """,
                        row -> new Of(HostId.of(row.text("host_id")), new Tenant(customer, row.text("anti_affinity"))),
                        customer.toString())
                .stream()
                .collect(Collectors.groupingBy(Of::host, Collectors.mapping(Of::tenant, Collectors.toList())));
    }

    @Override
    public void began(LeaseId id, long generation) {
        database.write("update lease set run_generation = ? where id = ?", generation, id.value());
    }

    @Override
    public long wantedSince(LeaseId id) {
        return database.first(
                        "select coalesce(stop_generation, run_generation) as generation from lease where id = ?",
                        row -> row.number("generation"),
                        id.value())
                .orElseThrow();
    }

    @Override
    public Map<LeaseId, Long> wantedSince() {
        record Of(LeaseId lease, long generation) {}
        return database.all("""
                        select id, coalesce(stop_generation, run_generation) as generation from lease where state <> 'Ended'
                        """, row -> new Of(id(row), row.number("generation"))).stream()
                .collect(Collectors.toMap(Of::lease, Of::generation));
    }

    @Override
    public boolean renew(Lease lease, LeaseState before, Instant renewAt) {
        return database.write(
                        "update lease set authorised_until = ?, renew_at = ? where id = ? and epoch = ? and state = ?",
                        lease.authorisedUntil(),
                        renewAt,
                        lease.id().value(),
                        lease.epoch(),
                        before.label())
                == 1;
    }

    @Override
    public boolean drain(Lease lease, LeaseState before, long stopGeneration) {
        return database.write(
                        """
                        update lease set state = ?, code = ?, reason = ?, since = ?, stop_generation = ?, obeyed_at = null
                        where id = ? and epoch = ? and state = ?
                        """,
                        lease.state().label(),
                        lease.code(),
                        lease.reason(),
                        lease.since(),
                        stopGeneration,
                        lease.id().value(),
                        lease.epoch(),
                        before.label())
                == 1;
    }

    @Override
    public boolean end(Lease lease, LeaseState before, Instant endedAt) {
        return database.write(
                        """
                        update lease set state = ?, code = ?, reason = ?, since = ?, ended_at = ?
                        where id = ? and epoch = ? and state = ?
                        """,
                        lease.state().label(),
                        lease.code(),
                        lease.reason(),
                        lease.since(),
                        endedAt,
                        lease.id().value(),
                        lease.epoch(),
                        before.label())
                == 1;
    }

    @Override
    public void noteOrder(LeaseId id, long generation, Instant now) {
        database.write(
                "update lease set order_generation = ?, ordered_at = ? where id = ?", generation, now, id.value());
    }

    @Override
    public Optional<Instant> endedAt(LeaseId id) {
        return database.first(
                "select ended_at from lease where id = ? and ended_at is not null",
                row -> row.instant("ended_at"),
                id.value());
    }

    @Override
    public void markObeyed(HostId host, long generation, Instant now) {
        database.write("""
                update lease set obeyed_at = ?
                where host_id = ? and state = 'Draining' and stop_generation <= ? and obeyed_at is null
                """, now, host.value(), generation);
    }

    @Override
    public List<LeaseId> toRenew(Instant now) {
        return database.all(
                "select id from lease where state = 'Granted' and renew_at <= ? order by renew_at limit ?",
                SqlLeaseStore::id,
                now,
                BATCH_MAX);
    }

    @Override
    public List<LeaseId> drainingPast(Instant authorisedUntil) {
        return database.all(
                "select id from lease where state = 'Draining' and authorised_until < ? limit ?",
                SqlLeaseStore::id,
                authorisedUntil,
                BATCH_MAX);
    }

    @Override
    public List<LeaseId> obeyedBefore(Instant then) {
        return database.all("select id from lease where state = 'Draining' and obeyed_at < ?", SqlLeaseStore::id, then);
    }

    private static LeaseId id(Row row) throws SQLException {
        return LeaseId.of(row.text("id"));
    }

    private static Lease lease(Row row) throws SQLException {
        return new Lease(
                id(row),
                RentalId.of(row.text("rental_id")),
                row.number("epoch"),
                HostId.of(row.text("host_id")),
                row.json("wish", Order.class),
                List.of(row.json("gpu_ids", GpuId[].class)),
                LeaseState.of(row.text("state")),
                LeaseReason.valueOf(row.text("code")),
                row.text("reason"),
                row.instant("since"),
                row.instant("granted_at"),
                row.instant("authorised_until"));
    }
}
