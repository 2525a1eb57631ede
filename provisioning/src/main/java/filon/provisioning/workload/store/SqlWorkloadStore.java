package filon.provisioning.workload.store;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.workload.SeenWorkload;
import filon.provisioning.workload.ShownWorkload;
import filon.provisioning.workload.Workload;
import filon.provisioning.workload.WorkloadReason;
import filon.provisioning.workload.WorkloadStore;
import filon.provisioning.workload.WorkloadSummary;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlWorkloadStore implements WorkloadStore {
    private static final String SELECT = """
            select w.lease_id, w.gpu_id, w.state, w.reason, w.since, w.incarnation, w.generation, w.reported_at,
                   w.shown_state, w.shown_code, w.shown_reason, w.shown_since
            from workload w
            """;
    private final Database database;

    SqlWorkloadStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(Workload workload) {
        return database.write(
                        """
                        insert into workload (lease_id, gpu_id, state, reason, since, incarnation, generation, reported_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (lease_id, gpu_id) do update
                        set state = excluded.state, reason = excluded.reason, since = excluded.since,
                            incarnation = excluded.incarnation, generation = excluded.generation,
                            reported_at = excluded.reported_at
                        where (workload.incarnation, workload.reported_at)
                              <= (excluded.incarnation, excluded.reported_at)
                        """,
                        workload.lease().value(),
                        workload.gpu().value(),
                        workload.state(),
                        workload.reason(),
                        workload.since(),
                        workload.incarnation(),
                        workload.generation(),
                        workload.reportedAt())
                == 1;
    }

    @Override
    public List<SeenWorkload> seen(LeaseId lease) {
        return database.all(SELECT + "where w.lease_id = ? order by w.gpu_id", SqlWorkloadStore::seen, lease.value());
    }

    @Override
    public List<SeenWorkload> ofUnended() {
        return database.all(
                SELECT + "join lease l on l.id = w.lease_id where l.state <> 'Ended' order by w.gpu_id",
                SqlWorkloadStore::seen);
    }

    private static SeenWorkload seen(Row row) throws SQLException {
        return new SeenWorkload(said(row), shown(row));
    }

    private static Workload said(Row row) throws SQLException {
        return new Workload(
                LeaseId.of(row.text("lease_id")),
                GpuId.of(row.text("gpu_id")),
                WorkloadState.valueOf(row.text("state")),
                row.text("reason"),
                row.instant("since"),
                row.number("incarnation"),
                row.number("generation"),
                row.instant("reported_at"));
    }

    private static Optional<ShownWorkload> shown(Row row) throws SQLException {
        if (row.text("shown_state") == null) {
            return Optional.empty();
        }
        return Optional.of(new ShownWorkload(
                GpuId.of(row.text("gpu_id")),
                WorkloadState.valueOf(row.text("shown_state")),
                WorkloadReason.valueOf(row.text("shown_code")),
                row.text("shown_reason"),
                row.instant("shown_since")));
    }

    @Override
    public void show(LeaseId lease, ShownWorkload shown) {
        database.write(
                """
                update workload set shown_state = ?, shown_code = ?, shown_reason = ?, shown_since = ?
                where lease_id = ? and gpu_id = ?
                """,
                shown.state(),
                shown.code(),
                shown.reason(),
                shown.since(),
                lease.value(),
                shown.gpu().value());
    }

    @Override
    public Optional<WorkloadSummary> passedOn(LeaseId lease) {
        return database.first(
                "select state, reason, since from workload_observation where lease_id = ?",
                row -> new WorkloadSummary(
                        WorkloadState.valueOf(row.text("state")), row.text("reason"), row.instant("since")),
                lease.value());
    }

    @Override
    public void notePassedOn(LeaseId lease, WorkloadSummary summary) {
        database.write("""
                insert into workload_observation (lease_id, state, reason, since) values (?, ?, ?, ?)
                on conflict (lease_id) do update
                set state = excluded.state, reason = excluded.reason, since = excluded.since
                """, lease.value(), summary.state(), summary.reason(), summary.since());
    }

    @Override
    public List<LeaseId> overtakenBySilence() {
        return database.all("""
                select l.id from lease l
                join host_liveness h on h.host_id = l.host_id
                join workload_observation o on o.lease_id = l.id
                where l.state <> 'Ended' and (h.connectivity = 'OFFLINE') <> (o.state = 'UNKNOWN')
                """, row -> LeaseId.of(row.text("id")));
    }

    @Override
    public void heard(LeaseId lease, GpuId gpu, Instant now) {
        database.write(
                "update workload set heard_at = ? where lease_id = ? and gpu_id = ?", now, lease.value(), gpu.value());
    }

    @Override
    public void heardAfterEnd(LeaseId lease, Instant now) {
        database.write("""
                insert into workload_afterlife (lease_id, heard_at) values (?, ?)
                on conflict (lease_id) do update set heard_at = excluded.heard_at
                """, lease.value(), now);
    }

    @Override
    public List<GpuId> namedSinceObeyed(LeaseId lease) {
        return database.all("""
                select w.gpu_id from workload w join lease l on l.id = w.lease_id
                where w.lease_id = ? and w.heard_at > l.obeyed_at
                """, row -> GpuId.of(row.text("gpu_id")), lease.value());
    }
}
