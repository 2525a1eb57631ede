package filon.provisioning.reconcile.store;

import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.host.Connectivity;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.reconcile.LeaseOutlook;
import filon.provisioning.reconcile.OutlookStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlOutlookStore implements OutlookStore {
    private static final int BATCH_MAX = 500;
    /** How many GPUs of the lease the host does not name, or runs by an older order. */
    private static final String BEHIND = """
            (jsonb_array_length(l.gpu_ids)
             - (select count(*) from workload w where w.lease_id = l.id and w.generation >= l.order_generation))
            """;

    private final Database database;

    SqlOutlookStore(Database database) {
        this.database = database;
    }

    @Override
    public List<LeaseId> doubtful(Instant orderedBefore, Instant namedSince) {
        return database.all(
                """
                select l.id from lease l join host_liveness h on h.host_id = l.host_id
                where l.ordered_at < ?
                  and (l.state in ('Granted', 'Draining') and h.generation < l.order_generation
                       or l.state = 'Granted' and %s > 0
                       or l.id in (select lease_id from workload_afterlife where heard_at > ?))
                order by l.ordered_at limit ?
                """.formatted(BEHIND), row -> LeaseId.of(row.text("id")), orderedBefore, namedSince, BATCH_MAX);
    }

    @Override
    public Optional<LeaseOutlook> of(LeaseId lease, Instant namedSince, Instant now) {
        return database.first("""
                select l.id, l.host_id, l.state, l.order_generation, l.ordered_at, h.generation, h.reported_at,
                       jsonb_array_length(l.gpu_ids) as gpus, %s as behind
                from lease l join host_liveness h on h.host_id = l.host_id
                where l.id = ? and (l.state <> 'Ended' or exists
                      (select from workload_afterlife a where a.lease_id = l.id and a.heard_at > ?))
                """.formatted(BEHIND), row -> outlook(row, now), lease.value(), namedSince);
    }

    private static LeaseOutlook outlook(Row row, Instant now) throws SQLException {
        return new LeaseOutlook(
                LeaseId.of(row.text("id")),
                HostId.of(row.text("host_id")),
                LeaseState.of(row.text("state")),
                Connectivity.at(row.instant("reported_at"), now),
                row.number("order_generation"),
                row.instant("ordered_at"),
                row.number("generation"),
                Math.toIntExact(row.number("behind")),
                Math.toIntExact(row.number("gpus")));
    }
}
