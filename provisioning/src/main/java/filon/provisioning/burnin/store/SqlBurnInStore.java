package filon.provisioning.burnin.store;

import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInCheck;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.provisioning.burnin.BurnIn;
import filon.provisioning.burnin.BurnInStore;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Json;
import filon.provisioning.database.Database.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlBurnInStore implements BurnInStore {
    private static final String SELECT = """
            select id, host_id, stay, state, progress, algorithms, benchmark_seconds, ordered_at, not_after, started_at, ended_at
            from burn_in
            """;
    private final Database database;

    SqlBurnInStore(Database database) {
        this.database = database;
    }

    @Override
    public List<HostId> hostsWithout() {
        return database.all("""
                select h.id from host h where h.state = 'BurningIn'
                  and not exists (select 1 from burn_in b where b.host_id = h.id and b.stay = h.since)
                order by h.since
                """, row -> HostId.of(row.text("id")));
    }

    @Override
    public boolean isOrdered(HostId host, Instant stay) {
        return database.first(
                        "select id from burn_in where host_id = ? and stay = ?",
                        row -> row.text("id"),
                        host.value(),
                        stay)
                .isPresent();
    }

    @Override
    public void add(BurnIn burnIn) {
        database.write(
                """
                insert into burn_in (id, host_id, stay, state, progress, algorithms, benchmark_seconds, ordered_at, not_after)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                burnIn.id().value(),
                burnIn.host().value(),
                burnIn.stay(),
                burnIn.state(),
                burnIn.progress(),
                new Json(burnIn.algorithms()),
                burnIn.benchmarkSeconds(),
                burnIn.orderedAt(),
                burnIn.notAfter());
        for (int position = 0; position < burnIn.gpus().size(); position++) {
            database.write(
                    "insert into burn_in_device (burn_in_id, gpu_id, position) values (?, ?, ?)",
                    burnIn.id().value(),
                    burnIn.gpus().get(position).value(),
                    position);
        }
    }

    @Override
    public Optional<BurnIn> find(BurnInId id) {
        return database.first(SELECT + " where id = ?", this::burnIn, id.value());
    }

    @Override
    public List<BurnIn> newest(HostId host, int limit) {
        return database.all(
                SELECT + " where host_id = ? order by ordered_at desc limit ?", this::burnIn, host.value(), limit);
    }

    @Override
    public Map<HostId, BurnIn> newestOfAll() {
        return database.all("""
                        select distinct on (b.host_id) b.id, b.host_id, b.stay, b.state, b.progress, b.algorithms,
                               b.benchmark_seconds, b.ordered_at, b.not_after, b.started_at, b.ended_at,
                               (select jsonb_agg(d.gpu_id order by d.position) from burn_in_device d
                                where d.burn_in_id = b.id) as gpu_ids
                        from burn_in b order by b.host_id, b.ordered_at desc
                        """, row -> burnIn(row, List.of(row.json("gpu_ids", GpuId[].class)), List.of())).stream()
                .collect(Collectors.toMap(BurnIn::host, burnIn -> burnIn));
    }

    @Override
    public boolean put(BurnInReported report, BurnIn.State state) {
        return database.write(
                        """
                        update burn_in set state = ?, progress = ?, started_at = ?, ended_at = ?::timestamptz, incarnation = ?,
                                           reported_at = ?
                        where id = ? and (incarnation, reported_at) <= (?, ?)
                        """,
                        state,
                        report.progress(),
                        report.startedAt(),
                        report.endedAt(),
                        report.incarnation(),
                        report.at(),
                        report.burnInId().value(),
                        report.incarnation(),
                        report.at())
                == 1;
    }

    @Override
    public void putDevices(BurnInReported report, Instant measuredAt) {
        for (BurnInDevice device : report.devices()) {
            database.write(
                    "update burn_in_device set passed = ? where burn_in_id = ? and gpu_id = ?",
                    device.passed(),
                    report.burnInId().value(),
                    device.gpuId().value());
            for (int position = 0; position < device.checks().size(); position++) {
                add(report.burnInId(), device.gpuId(), position, device.checks().get(position));
            }
            device.benchmarks().forEach(each -> add(report.burnInId(), device.gpuId(), each, measuredAt));
        }
    }

    private void add(BurnInId id, GpuId gpu, int position, BurnInCheck check) {
        database.write(
                """
                insert into burn_in_check (burn_in_id, gpu_id, position, name, passed, detail, seconds)
                values (?, ?, ?, ?, ?, ?, ?)
                """, id.value(), gpu.value(), position, check.name(), check.passed(), check.detail(), check.seconds());
    }

    private void add(BurnInId id, GpuId gpu, BurnInBenchmark benchmark, Instant measuredAt) {
        database.write(
                """
                insert into burn_in_benchmark (burn_in_id, gpu_id, algorithm, median_hs, low_hs, high_hs, runs, seconds,
                                               measured_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                id.value(),
                gpu.value(),
                benchmark.algorithm().label(),
                benchmark.median().hashesPerSecond(),
                benchmark.low().hashesPerSecond(),
                benchmark.high().hashesPerSecond(),
                benchmark.runs(),
                benchmark.seconds(),
                measuredAt);
    }

    @Override
    public int abandon(Instant now) {
        return database.write("""
                update burn_in b set state = 'ABANDONED', ended_at = ?, progress = 'its host left the burn-in: ' || h.reason
                from host h where h.id = b.host_id and b.state in ('ORDERED', 'RUNNING')
                  and (h.state <> 'BurningIn' or h.since <> b.stay)
                """, now);
    }

    @Override
    public Optional<Instant> newestPassedBegan(HostId host) {
        return database.first(
                "select started_at from burn_in where host_id = ? and state = 'PASSED' order by ordered_at desc limit 1",
                row -> row.instant("started_at"),
                host.value());
    }

    private record Device(GpuId gpu, Optional<Boolean> passed) {}

    private BurnIn burnIn(Row row) throws SQLException {
        BurnInId id = BurnInId.of(row.text("id"));
        List<Device> devices = database.all(
                "select gpu_id, passed from burn_in_device where burn_in_id = ? order by position",
                each -> new Device(
                        GpuId.of(each.text("gpu_id")),
                        Optional.ofNullable(each.result().getObject("passed", Boolean.class))),
                id.value());
        return burnIn(
                row,
                devices.stream().map(Device::gpu).toList(),
                devices.stream()
                        .filter(device -> device.passed().isPresent())
                        .map(device -> found(id, device))
                        .toList());
    }

    private static BurnIn burnIn(Row row, List<GpuId> gpus, List<BurnInDevice> found) throws SQLException {
        return new BurnIn(
                BurnInId.of(row.text("id")),
                HostId.of(row.text("host_id")),
                row.instant("stay"),
                BurnIn.State.valueOf(row.text("state")),
                row.text("progress"),
                gpus,
                List.of(row.json("algorithms", Algorithm[].class)),
                (int) row.number("benchmark_seconds"),
                row.instant("ordered_at"),
                row.instant("not_after"),
                row.instantIfAny("started_at"),
                row.instantIfAny("ended_at"),
                found);
    }

    private BurnInDevice found(BurnInId id, Device device) {
        List<BurnInCheck> checks = database.all(
                """
                select name, passed, detail, seconds from burn_in_check where burn_in_id = ? and gpu_id = ? order by position
                """,
                row -> new BurnInCheck(
                        row.text("name"),
                        row.flag("passed"),
                        row.text("detail"),
                        row.result().getDouble("seconds")),
                id.value(),
                device.gpu().value());
        List<BurnInBenchmark> benchmarks = database.all(
                """
                select algorithm, median_hs, low_hs, high_hs, runs, seconds from burn_in_benchmark
                where burn_in_id = ? and gpu_id = ? order by algorithm
                """, SqlBurnInStore::benchmark, id.value(), device.gpu().value());
        return new BurnInDevice(device.gpu(), device.passed().orElseThrow(), checks, benchmarks);
    }

    private static BurnInBenchmark benchmark(Row row) throws SQLException {
        return new BurnInBenchmark(
                Algorithm.of(row.text("algorithm")),
                HashRate.of(row.number("median_hs")),
                HashRate.of(row.number("low_hs")),
                HashRate.of(row.number("high_hs")),
                (int) row.number("runs"),
                row.result().getDouble("seconds"));
    }
}
