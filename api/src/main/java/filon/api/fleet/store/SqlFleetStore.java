package filon.api.fleet.store;

import filon.api.database.Database;
import filon.api.fleet.FleetStore;
import filon.api.fleet.Gpu;
import filon.api.fleet.Host;
import filon.api.fleet.MeasuredRate;
import filon.api.fleet.Reading;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.TelemetrySample;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The newest wins inside each statement, so that order of arrival and copies do not matter. */
@ApplicationScoped
class SqlFleetStore implements FleetStore {
    private final Database database;

    SqlFleetStore(Database database) {
        this.database = database;
    }

    @Override
    public void know(HostKnown host) {
        int changed = database.update(
                """
                insert into fleet_host(host_id, name, site, state, reason, since, version, standing)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                on conflict (host_id) do update set name = excluded.name, site = excluded.site, state = excluded.state,
                    reason = excluded.reason, since = excluded.since, version = excluded.version,
                    standing = excluded.standing
                where fleet_host.version < excluded.version""",
                host.hostId().value(),
                host.name(),
                host.site(),
                host.state(),
                host.reason(),
                host.since(),
                host.version(),
                json(host.standing()));
        if (changed == 1) {
            database.update(
                    "delete from fleet_gpu where host_id = ?", host.hostId().value());
            for (int i = 0; i < host.gpus().size(); i++) {
                add(host.hostId(), host.gpus().get(i), i);
            }
        }
    }

    private void add(HostId host, GpuKnown gpu, int position) {
        database.update(
                """
                insert into fleet_gpu(host_id, gpu_id, position, name, kind, memory_bytes, lease_id, rental_id, standing)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""",
                host.value(),
                gpu.gpuId().value(),
                position,
                gpu.name(),
                gpu.kind().name(),
                gpu.memoryBytes(),
                gpu.leaseId() == null ? null : gpu.leaseId().value(),
                gpu.rentalId() == null ? null : gpu.rentalId().value(),
                json(gpu.standing()));
        if (gpu.rates() != null) {
            gpu.rates().forEach(rate -> add(host, gpu.gpuId(), rate));
        }
    }

    private void add(HostId host, GpuId gpu, LeaseNotice.MeasuredRate rate) {
        database.update(
                """
                insert into fleet_gpu_rate(host_id, gpu_id, algorithm, median_hs, low_hs, high_hs, measured_at)
                values (?, ?, ?, ?, ?, ?, ?)""",
                host.value(),
                gpu.value(),
                rate.algorithm().label(),
                rate.median().hashesPerSecond(),
                rate.low().hashesPerSecond(),
                rate.high().hashesPerSecond(),
                rate.measuredAt());
    }

    @Override
    public void grant(Granted granted) {
        for (GpuId gpu : granted.gpuIds()) {
            database.update(
                    """
                    insert into lease_gpu(lease_id, gpu_id, rental_id, host_id, epoch, granted_at)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing""",
                    granted.leaseId().value(),
                    gpu.value(),
                    granted.rentalId().value(),
                    granted.hostId().value(),
                    granted.epoch(),
                    granted.grantedAt());
        }
    }

    @Override
    public boolean hear(HostReported report, Instant now) {
        return database.update(
                        "update fleet_host set agent_version = ?, heard_at = greatest(heard_at, ?) where host_id = ?",
                        report.agentVersion(),
                        now,
                        report.hostId().value())
                == 1;
    }

    @Override
    public boolean hear(WorkloadReported report, Instant now) {
        database.update(
                """
                insert into work_reading(lease_id, gpu_id, host_id, state, hash_rate, accepted, rejected, at, heard_at)
                select ?, gpu_id, host_id, ?, ?, ?, ?, ?, ? from fleet_gpu where host_id = ? and gpu_id = ?
                on conflict (lease_id, gpu_id) do update set state = excluded.state, hash_rate = excluded.hash_rate,
                    accepted = excluded.accepted, rejected = excluded.rejected, at = excluded.at,
                    heard_at = excluded.heard_at
                where work_reading.at < excluded.at and work_reading.host_id = excluded.host_id""",
                report.leaseId().value(),
                report.state().name(),
                report.hashRate().hashesPerSecond(),
                report.acceptedShares(),
                report.rejectedShares(),
                report.at(),
                now,
                report.hostId().value(),
                report.gpuId().value());
        return isKnown(report.hostId(), report.gpuId());
    }

    @Override
    public boolean hear(TelemetrySample sample, Instant now) {
        database.update(
                """
                insert into gpu_sample(host_id, gpu_id, rental_id, state, hash_rate, accepted, rejected, temperature,
                    power, sensors, at, heard_at)
                select host_id, gpu_id, ?::uuid, ?, ?, ?, ?, ?::int, ?::bigint, ?::jsonb, ?, ? from fleet_gpu
                where host_id = ? and gpu_id = ?
                on conflict (host_id, gpu_id) do update set rental_id = excluded.rental_id, state = excluded.state,
                    hash_rate = excluded.hash_rate, accepted = excluded.accepted, rejected = excluded.rejected,
                    temperature = excluded.temperature, power = excluded.power, sensors = excluded.sensors, at = excluded.at,
                    heard_at = excluded.heard_at
                where gpu_sample.at < excluded.at""",
                sample.rentalId() == null ? null : sample.rentalId().value(),
                sample.state().name(),
                sample.hashRate().hashesPerSecond(),
                sample.acceptedShares(),
                sample.rejectedShares(),
                sample.temperatureCelsius(),
                sample.powerMilliwatts(),
                sample.sensors() == null ? null : MessageCodec.json(sample.sensors()),
                sample.at(),
                now,
                sample.hostId().value(),
                sample.gpuId().value());
        return isKnown(sample.hostId(), sample.gpuId());
    }

    private boolean isKnown(HostId host, GpuId gpu) {
        return !database.select(
                        "select 1 from fleet_gpu where host_id = ? and gpu_id = ?",
                        row -> row.getInt(1),
                        host.value(),
                        gpu.value())
                .isEmpty();
    }

    @Override
    public List<Host> hosts(Instant freshFrom) {
        Map<UUID, List<Gpu>> gpus = new LinkedHashMap<>();
        database.select(
                """
                select g.host_id, g.gpu_id, g.name, g.kind, g.memory_bytes, g.lease_id, g.rental_id, g.standing,
                    w.state w_state, w.hash_rate w_rate, w.accepted w_accepted, w.rejected w_rejected, w.at w_at,
                    w.heard_at w_heard, s.state s_state, s.hash_rate s_rate, s.accepted s_accepted,
                    s.rejected s_rejected, s.temperature, s.power, s.sensors, s.at s_at, s.heard_at s_heard
                from fleet_gpu g
                left join work_reading w on w.lease_id = g.lease_id and w.gpu_id = g.gpu_id and w.host_id = g.host_id
                left join gpu_sample s on s.host_id = g.host_id and s.gpu_id = g.gpu_id
                order by g.host_id, g.position""", row -> gpus.computeIfAbsent(row.getObject("host_id", UUID.class), host -> new ArrayList<>())
                        .add(gpu(row, freshFrom)));
        return database.select(
                "select * from fleet_host order by name, host_id",
                row -> host(row, gpus.getOrDefault(row.getObject("host_id", UUID.class), List.of())));
    }

    @Override
    public Map<RentalId, List<Reading>> readings(Collection<RentalId> rentals, Instant freshFrom) {
        Map<RentalId, List<Reading>> readings = new HashMap<>();
        database.select(
                """
                select l.rental_id, l.gpu_id,
                    w.state w_state, w.hash_rate w_rate, w.accepted w_accepted, w.rejected w_rejected, w.at w_at,
                    w.heard_at w_heard, s.state s_state, s.hash_rate s_rate, s.accepted s_accepted,
                    s.rejected s_rejected, s.temperature, s.power, s.sensors, s.at s_at, s.heard_at s_heard
                from lease_gpu l
                left join work_reading w on w.lease_id = l.lease_id and w.gpu_id = l.gpu_id and w.host_id = l.host_id
                left join gpu_sample s on s.host_id = l.host_id and s.gpu_id = l.gpu_id and s.rental_id = l.rental_id
                    and l.epoch = (select max(epoch) from lease_gpu where rental_id = l.rental_id)
                where l.rental_id = any(string_to_array(?, ',')::uuid[]) order by l.epoch, l.gpu_id""",
                row -> readings.computeIfAbsent(
                                RentalId.of(row.getObject("rental_id", UUID.class)), rental -> new ArrayList<>())
                        .add(new Reading(GpuId.of(row.getString("gpu_id")), Readings.live(row, freshFrom))),
                rentals.stream().map(RentalId::toString).collect(Collectors.joining(",")));
        return readings;
    }

    @Override
    public int free(DeviceKind kind, Set<String> hostStates) {
        return database.select("""
                        select count(*) from fleet_gpu join fleet_host using (host_id)
                        where kind = ? and lease_id is null and state = any(string_to_array(?, ','))""", row -> row.getInt(1), kind.name(), String.join(",", hostStates))
                .getFirst();
    }

    @Override
    public List<MeasuredRate> rates(DeviceKind kind, Set<String> hostStates) {
        return database.select("""
                        select algorithm, percentile_disc(0.5) within group (order by median_hs) median, min(low_hs) lowest,
                            max(high_hs) highest, count(*) devices, min(measured_at) oldest
                        from fleet_gpu_rate join fleet_gpu using (host_id, gpu_id) join fleet_host using (host_id)
                        where kind = ? and lease_id is null and state = any(string_to_array(?, ','))
                        group by algorithm order by algorithm""", SqlFleetStore::rate, kind.name(), String.join(",", hostStates));
    }

    private static MeasuredRate rate(ResultSet row) throws SQLException {
        return new MeasuredRate(
                Algorithm.of(row.getString("algorithm")),
                HashRate.of(row.getLong("median")),
                HashRate.of(row.getLong("lowest")),
                HashRate.of(row.getLong("highest")),
                row.getInt("devices"),
                Database.instant(row, "oldest").orElseThrow());
    }

    private static Host host(ResultSet row, List<Gpu> gpus) throws SQLException {
        return new Host(
                HostId.of(row.getObject("host_id", UUID.class)),
                row.getString("name"),
                row.getString("site"),
                row.getString("state"),
                row.getString("reason"),
                Database.instant(row, "since").orElseThrow(),
                gpus,
                Optional.ofNullable(row.getString("agent_version")),
                Database.instant(row, "heard_at"),
                standing(row));
    }

    private static Gpu gpu(ResultSet row, Instant freshFrom) throws SQLException {
        return new Gpu(
                GpuId.of(row.getString("gpu_id")),
                row.getString("name"),
                DeviceKind.valueOf(row.getString("kind")),
                row.getLong("memory_bytes"),
                Optional.ofNullable(row.getObject("lease_id", UUID.class)).map(LeaseId::of),
                Optional.ofNullable(row.getObject("rental_id", UUID.class)).map(RentalId::of),
                Readings.live(row, freshFrom),
                standing(row));
    }

    private static String json(Standing standing) {
        return standing == null ? null : MessageCodec.json(standing);
    }

    private static Optional<Standing> standing(ResultSet row) throws SQLException {
        String json = row.getString("standing");
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(json, Standing.class));
        } catch (UnusableMessageException e) {
            throw new SQLException("column standing holds none", e);
        }
    }
}
