package filon.billing.meter.store;

import filon.billing.database.Database;
import filon.billing.meter.Claim;
import filon.billing.meter.GpuDelta;
import filon.billing.meter.GpuReading;
import filon.billing.meter.Intervals;
import filon.billing.meter.Lane;
import filon.billing.meter.Lease;
import filon.billing.meter.LeaseEnd;
import filon.billing.meter.LeaseReading;
import filon.billing.meter.MeterStore;
import filon.billing.meter.ReportId;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Leases and meters in PostgreSQL: multiranges joined by the database. */
@ApplicationScoped
class SqlMeterStore implements MeterStore {
    private static final String LEASE =
            "select lease_id, rental_id, customer_id, epoch, host_id, gpu_ids, granted_at, authorised_until from lease";

    private final Database database;

    SqlMeterStore(Database database) {
        this.database = database;
    }

    @Override
    public void lock(LeaseId lease) {
        database.lockName("lease " + lease);
    }

    @Override
    public Map<LeaseId, Lease> find(Collection<LeaseId> leases) {
        Map<LeaseId, Lease> found = new TreeMap<>();
        if (!leases.isEmpty()) {
            UUID[] ids = leases.stream().map(LeaseId::value).toArray(UUID[]::new);
            database.select(LEASE + " where lease_id = any(?)", SqlMeterStore::lease, (Object) ids)
                    .forEach(lease -> found.put(lease.id(), lease));
        }
        return found;
    }

    @Override
    public Lease grant(Lease lease) {
        database.change(
                """
                insert into lease(lease_id, rental_id, customer_id, epoch, host_id, gpu_ids, granted_at, authorised_until)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (lease_id) do update
                    set authorised_until = greatest(lease.authorised_until, excluded.authorised_until)
                    where lease.epoch = excluded.epoch""",
                lease.id().value(),
                lease.rental().value(),
                lease.customer().value(),
                lease.epoch(),
                lease.host().value(),
                lease.gpus().stream().map(GpuId::value).toArray(String[]::new),
                lease.grantedAt(),
                lease.authorisedUntil());
        return find(List.of(lease.id())).get(lease.id());
    }

    @Override
    public Optional<RentalId> end(LeaseId lease, long epoch, LeaseEnd end, String reason) {
        database.change("""
                insert into lease_end(lease_id, epoch, ended_at, reason, seen_at) values (?, ?, ?, ?, ?)
                on conflict do nothing""", lease.value(), epoch, end.endedAt(), reason, end.seenAt());
        return Optional.ofNullable(find(List.of(lease)).get(lease)).map(Lease::rental);
    }

    @Override
    public void park(Set<Parked> parked) {
        database.changeAll(
                """
                insert into parked_usage(lease_id, host_id, incarnation, sequence) values (?, ?, ?, ?)
                on conflict do nothing""",
                parked.stream()
                        .map(p -> new Object[] {
                            p.lease().value(),
                            p.report().host().value(),
                            p.report().incarnation(),
                            p.report().sequence()
                        })
                        .toList());
    }

    @Override
    public List<ParkedReport> takeParked(LeaseId lease) {
        return database.select(
                """
                with taken as (delete from parked_usage where lease_id = ? returning host_id, incarnation, sequence)
                select host_id, incarnation, sequence, received_at, payload
                from usage_report join taken using (host_id, incarnation, sequence)
                order by host_id, incarnation, sequence""",
                row -> new ParkedReport(
                        SqlReportStore.reportId(row), Database.instant(row, "received_at"), row.getBytes("payload")),
                lease.value());
    }

    @Override
    public List<Claim> register(Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return List.of();
        }
        List<Claim> sorted = claims.stream().sorted().toList();
        byte[][] hashes = sorted.stream()
                .map(claim -> HexFormat.of().parseHex(claim.hash()))
                .toArray(byte[][]::new);
        List<String> added = database.select(
                """
                insert into share(hash, lease_id, gpu_id, at_millis)
                select * from unnest(?::bytea[], ?::uuid[], ?::text[], ?::bigint[]) as c(hash, lease, gpu, at) order by c.hash
                on conflict (hash) do nothing returning hash""",
                row -> HexFormat.of().formatHex(row.getBytes(1)),
                hashes,
                sorted.stream().map(claim -> claim.lease().value()).toArray(UUID[]::new),
                sorted.stream().map(claim -> claim.gpu().value()).toArray(String[]::new),
                sorted.stream().map(Claim::atMillis).toArray(Long[]::new));
        if (added.size() == sorted.size()) {
            return List.of();
        }
        Set<String> isNew = Set.copyOf(added);
        return database
                .select(
                        "select hash, lease_id, gpu_id, at_millis from share where hash = any(?) order by hash for update",
                        SqlMeterStore::claim,
                        (Object) hashes)
                .stream()
                .filter(claim -> !isNew.contains(claim.hash()))
                .toList();
    }

    @Override
    public void reassign(Claim from, Claim to) {
        database.change(
                "update share set lease_id = ?, gpu_id = ?, at_millis = ? where hash = ?",
                to.lease().value(),
                to.gpu().value(),
                to.atMillis(),
                HexFormat.of().parseHex(to.hash()));
        database.change(
                """
                update lease_meter m set windows = (
                    select coalesce(range_agg(int8range(s.at_millis - ? + 1, s.at_millis + 1)), '{}') from share s
                    where s.lease_id = m.lease_id and s.gpu_id = m.gpu_id)
                where m.lease_id = ? and m.gpu_id = ?""", Claim.WINDOW_MILLIS, from.lease().value(), from.gpu().value());
        database.select(
                        LEASE + " where lease_id = ?",
                        SqlMeterStore::lease,
                        from.lease().value())
                .forEach(lease -> touch(Set.of(lease.rental())));
    }

    @Override
    public void join(Collection<GpuDelta> deltas) {
        database.changeAll("""
                insert into lease_meter as m(lease_id, gpu_id, covered, windows, hashes, accepted, rejected,
                    final_incarnation, final_sequence)
                values (?, ?, ?::int8multirange, ?::int8multirange, ?, ?, ?, ?, ?)
                on conflict (lease_id, gpu_id) do update set
                    covered = m.covered + excluded.covered,
                    windows = m.windows + excluded.windows,
                    hashes = greatest(m.hashes, excluded.hashes),
                    accepted = greatest(m.accepted, excluded.accepted),
                    rejected = greatest(m.rejected, excluded.rejected),
                    final_sequence = case
                        when excluded.final_incarnation is null then m.final_sequence
                        when m.final_incarnation is null then excluded.final_sequence
                        else (greatest(
                            array[m.final_incarnation, m.final_sequence],
                            array[excluded.final_incarnation, excluded.final_sequence]))[2] end,
                    final_incarnation = greatest(m.final_incarnation, excluded.final_incarnation)""", deltas.stream().map(SqlMeterStore::row).toList());
    }

    @Override
    public void touch(Set<RentalId> rentals) {
        database.changeAll(
                """
                insert into rental_usage(rental_id, version) values (?, 1)
                on conflict (rental_id) do update set version = rental_usage.version + 1""",
                rentals.stream().sorted().map(r -> new Object[] {r.value()}).toList());
    }

    @Override
    public List<LeaseReading> readings(RentalId rental) {
        Map<LeaseId, List<GpuReading>> gpus = new TreeMap<>();
        database.select(
                """
                select m.lease_id, m.gpu_id, m.covered::text as covered, m.windows::text as windows,
                    m.hashes, m.accepted, m.rejected
                from lease_meter m join lease l using (lease_id) where l.rental_id = ? order by m.gpu_id""",
                row -> gpus.computeIfAbsent(
                                LeaseId.of(row.getObject("lease_id", UUID.class)), id -> new java.util.ArrayList<>())
                        .add(reading(row)),
                rental.value());
        return database.select(
                """
                select l.*, e.ended_at, e.seen_at from lease l
                left join lease_end e on e.lease_id = l.lease_id and e.epoch = l.epoch
                where l.rental_id = ? order by l.epoch, l.lease_id""",
                row -> {
                    Lease lease = lease(row);
                    return new LeaseReading(lease, end(row), gpus.getOrDefault(lease.id(), List.of()));
                },
                rental.value());
    }

    @Override
    public Map<GpuId, ReportId> finalReports(LeaseId lease) {
        Map<GpuId, ReportId> finals = new TreeMap<>();
        database.select(
                """
                select m.gpu_id, l.host_id, m.final_incarnation as incarnation, m.final_sequence as sequence
                from lease_meter m join lease l using (lease_id)
                where m.lease_id = ? and m.final_sequence is not null""", row -> finals.put(GpuId.of(row.getString("gpu_id")), SqlReportStore.reportId(row)), lease.value());
        return finals;
    }

    @Override
    public List<Lane> lanes(HostId host) {
        return database.select("""
                select host_id, incarnation, received::text as received, refused::text as refused from lane
                where host_id = ? order by incarnation""", SqlReportStore::lane, host.value());
    }

    private static Object[] row(GpuDelta delta) {
        GpuReading reading = delta.reading();
        return new Object[] {
            delta.lease().value(),
            reading.gpu().value(),
            reading.covered().toString(),
            reading.windows().toString(),
            reading.hashes(),
            reading.accepted(),
            reading.rejected(),
            delta.finalReport().map(ReportId::incarnation).orElse(null),
            delta.finalReport().map(ReportId::sequence).orElse(null)
        };
    }

    private static Lease lease(ResultSet row) throws SQLException {
        Array gpus = row.getArray("gpu_ids");
        return new Lease(
                LeaseId.of(row.getObject("lease_id", UUID.class)),
                RentalId.of(row.getObject("rental_id", UUID.class)),
                CustomerId.of(row.getString("customer_id")),
                row.getLong("epoch"),
                HostId.of(row.getObject("host_id", UUID.class)),
                Arrays.stream((String[]) gpus.getArray()).map(GpuId::of).toList(),
                Database.instant(row, "granted_at"),
                Database.instant(row, "authorised_until"));
    }

    private static Optional<LeaseEnd> end(ResultSet row) throws SQLException {
        return row.getTimestamp("ended_at") == null
                ? Optional.empty()
                : Optional.of(new LeaseEnd(Database.instant(row, "ended_at"), Database.instant(row, "seen_at")));
    }

    private static GpuReading reading(ResultSet row) throws SQLException {
        return new GpuReading(
                GpuId.of(row.getString("gpu_id")),
                Intervals.parse(row.getString("covered")),
                Intervals.parse(row.getString("windows")),
                row.getLong("hashes"),
                row.getLong("accepted"),
                row.getLong("rejected"));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                HexFormat.of().formatHex(row.getBytes("hash")),
                LeaseId.of(row.getObject("lease_id", UUID.class)),
                GpuId.of(row.getString("gpu_id")),
                row.getLong("at_millis"));
    }
}
