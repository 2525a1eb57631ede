package filon.provisioning.inventory.store;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Json;
import filon.provisioning.database.Database.Row;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.inventory.InventoryGpu.Allocation;
import filon.provisioning.inventory.InventoryStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlInventoryStore implements InventoryStore {
    private static final String SELECT = """
            select g.host_id, g.description, g.present, g.state, g.code, g.reason, g.since, a.lease_id, a.rental_id,
              (select coalesce(jsonb_agg(jsonb_build_object('algorithm', m.algorithm, 'median', m.median_hs,
                                                            'low', m.low_hs, 'high', m.high_hs,
                                                            'measuredAt', m.measured_at)), '[]')
               from gpu_measured_rate m where m.gpu_id = g.gpu_id) as measured
            from gpu g left join gpu_allocation a on a.gpu_id = g.gpu_id and a.released_at is null
            """;
    private final Database database;

    SqlInventoryStore(Database database) {
        this.database = database;
    }

    private record Owned(HostId host, InventoryGpu gpu) {}

    @Override
    public List<InventoryGpu> of(HostId host) {
        return database.all(SELECT + " where g.host_id = ? order by g.gpu_id", SqlInventoryStore::gpu, host.value());
    }

    @Override
    public Map<HostId, List<InventoryGpu>> ofAll() {
        return database
                .all(SELECT + " order by g.gpu_id", row -> new Owned(HostId.of(row.text("host_id")), gpu(row)))
                .stream()
                .collect(Collectors.groupingBy(Owned::host, Collectors.mapping(Owned::gpu, Collectors.toList())));
    }

    @Override
    public List<Gpu> named(HostId host) {
        return database.all(
                "select description from gpu where host_id = ? and present",
                row -> row.json("description", Gpu.class),
                host.value());
    }

    @Override
    public Optional<HostId> hostOf(GpuId gpu) {
        return database.first(
                "select host_id from gpu where gpu_id = ?", row -> HostId.of(row.text("host_id")), gpu.value());
    }

    @Override
    public Optional<GpuHealth> lock(GpuId gpu) {
        return database.first(
                "select state, code, reason, since from gpu where gpu_id = ? for no key update",
                SqlInventoryStore::health,
                gpu.value());
    }

    @Override
    public void save(GpuId gpu, GpuHealth health) {
        database.write(
                "update gpu set state = ?, code = ?, reason = ?, since = ? where gpu_id = ?",
                health.state().label(),
                health.code(),
                health.reason(),
                health.since(),
                gpu.value());
    }

    @Override
    public void put(HostId host, Gpu gpu, GpuHealth first) {
        database.write(
                """
                insert into gpu (gpu_id, host_id, description, present, seen_at, state, code, reason, since)
                values (?, ?, ?, true, ?, ?, ?, ?, ?)
                on conflict (gpu_id) do update
                set description = excluded.description, present = true, seen_at = excluded.seen_at
                where gpu.host_id = excluded.host_id
                """,
                gpu.gpuId().value(),
                host.value(),
                new Json(gpu),
                first.since(),
                first.state().label(),
                first.code(),
                first.reason(),
                first.since());
    }

    @Override
    public void put(GpuId gpu, MeasuredRate rate) {
        database.write(
                """
                insert into gpu_measured_rate (gpu_id, algorithm, median_hs, low_hs, high_hs, measured_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (gpu_id, algorithm) do update
                set median_hs = excluded.median_hs, low_hs = excluded.low_hs, high_hs = excluded.high_hs,
                    measured_at = excluded.measured_at
                """,
                gpu.value(),
                rate.algorithm().label(),
                rate.median().hashesPerSecond(),
                rate.low().hashesPerSecond(),
                rate.high().hashesPerSecond(),
                rate.measuredAt());
    }

    @Override
    public void markAbsent(GpuId gpu) {
        database.write("update gpu set present = false where gpu_id = ?", gpu.value());
    }

    @Override
    public boolean allocate(HostId host, LeaseId lease, RentalId rental, GpuId gpu) {
        return database.write("""
                        insert into gpu_allocation (lease_id, gpu_id, host_id, rental_id)
                        select ?, gpu_id, host_id, ? from gpu
                        where gpu_id = ? and host_id = ? and present and state in ('Healthy', 'Degraded')
                        on conflict (gpu_id) where released_at is null do nothing
                        """, lease.value(), rental.value(), gpu.value(), host.value()) == 1;
    }

    @Override
    public void markStopped(LeaseId lease, GpuId gpu, Instant now) {
        database.write(
                "update gpu_allocation set stopped_at = ? where lease_id = ? and gpu_id = ? and stopped_at is null",
                now,
                lease.value(),
                gpu.value());
    }

    @Override
    public List<GpuId> unstopped(LeaseId lease) {
        return database.all(
                "select gpu_id from gpu_allocation where lease_id = ? and stopped_at is null order by gpu_id",
                row -> GpuId.of(row.text("gpu_id")),
                lease.value());
    }

    @Override
    public void release(LeaseId lease, Instant now) {
        database.write(
                "update gpu_allocation set released_at = ? where lease_id = ? and released_at is null",
                now,
                lease.value());
    }

    @Override
    public void release(LeaseId lease, GpuId gpu, Instant now) {
        database.write(
                "update gpu_allocation set released_at = ? where lease_id = ? and gpu_id = ? and released_at is null",
                now,
                lease.value(),
                gpu.value());
    }

    @Override
    public void awaitWipe(LeaseId lease, Instant by, Instant now) {
        database.write("""
                update gpu_allocation
                set wipe_by = ?, released_at = case when wipe_ended_at is null then null else cast(? as timestamptz) end
                where lease_id = ? and released_at is null
                """, by, now, lease.value());
    }

    @Override
    public boolean endWipe(LeaseId lease, GpuId gpu, Instant now) {
        return database.write("""
                        update gpu_allocation
                        set wipe_ended_at = ?,
                            released_at = case when wipe_by is null then null else cast(? as timestamptz) end
                        where lease_id = ? and gpu_id = ? and released_at is null and wipe_ended_at is null
                        """, now, now, lease.value(), gpu.value()) == 1;
    }

    @Override
    public List<LeaseId> unwipedBy(Instant now) {
        return database.all(
                "select distinct lease_id from gpu_allocation where released_at is null and wipe_by <= ?",
                row -> LeaseId.of(row.text("lease_id")),
                now);
    }

    @Override
    public List<GpuId> unwiped(LeaseId lease) {
        return database.all("""
                select gpu_id from gpu_allocation where lease_id = ? and released_at is null and wipe_by is not null
                order by gpu_id
                """, row -> GpuId.of(row.text("gpu_id")), lease.value());
    }

    private static InventoryGpu gpu(Row row) throws SQLException {
        String lease = row.text("lease_id");
        Allocation allocation =
                lease == null ? null : new Allocation(LeaseId.of(lease), RentalId.of(row.text("rental_id")));
        return new InventoryGpu(
                row.json("description", Gpu.class),
                row.flag("present"),
                health(row),
                List.of(row.json("measured", MeasuredRate[].class)),
                allocation);
    }

    private static GpuHealth health(Row row) throws SQLException {
        return new GpuHealth(
                GpuState.of(row.text("state")),
                GpuReason.valueOf(row.text("code")),
                row.text("reason"),
                row.instant("since"));
    }
}
