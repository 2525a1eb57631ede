package filon.billing.meter.store;

import filon.billing.database.Database;
import filon.billing.meter.Conflict;
import filon.billing.meter.Intervals;
import filon.billing.meter.Lane;
import filon.billing.meter.LaneId;
import filon.billing.meter.ReportId;
import filon.billing.meter.ReportStore;
import filon.billing.meter.Sha256;
import filon.contracts.value.HostId;
import filon.plumbing.inbox.RawRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;

/** Reports, lanes and conflicts in PostgreSQL. */
@ApplicationScoped
class SqlReportStore implements ReportStore {
    private final Database database;

    SqlReportStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<LaneId, Lane> lock(SortedSet<LaneId> lanes) {
        Map<LaneId, Lane> locked = new TreeMap<>();
        if (lanes.isEmpty()) {
            return locked;
        }
        database.changeAll(
                "insert into lane(host_id, incarnation) values (?, ?) on conflict do nothing",
                lanes.stream()
                        .map(lane -> new Object[] {lane.host().value(), lane.incarnation()})
                        .toList());
        database.select(
                        """
                        select host_id, incarnation, received::text as received, refused::text as refused from lane
                        where (host_id, incarnation) in (select * from unnest(?::uuid[], ?::bigint[]))
                        order by host_id, incarnation for update""",
                        SqlReportStore::lane,
                        lanes.stream().map(lane -> lane.host().value()).toArray(UUID[]::new),
                        lanes.stream().map(LaneId::incarnation).toArray(Long[]::new))
                .forEach(lane -> locked.put(lane.id(), lane));
        return locked;
    }

    @Override
    public void save(Collection<Lane> lanes) {
        database.changeAll(
                """
                update lane set received = ?::int8multirange, refused = ?::int8multirange
                where host_id = ? and incarnation = ?""",
                lanes.stream()
                        .map(lane -> new Object[] {
                            lane.received().toString(),
                            lane.refused().toString(),
                            lane.id().host().value(),
                            lane.id().incarnation()
                        })
                        .toList());
    }

    @Override
    public Map<ReportId, Hashes> hashesOf(Collection<ReportId> reports) {
        Map<ReportId, Hashes> found = new HashMap<>();
        if (reports.isEmpty()) {
            return found;
        }
        database.select(
                """
                        select host_id, incarnation, sequence, sha256, previous_sha256 from usage_report
                        where (host_id, incarnation, sequence) in
                            (select * from unnest(?::uuid[], ?::bigint[], ?::bigint[]))""",
                row -> found.put(
                        reportId(row),
                        new Hashes(
                                Sha256.ofDigest(row.getBytes("sha256")),
                                Sha256.ofDigest(row.getBytes("previous_sha256")))),
                reports.stream().map(report -> report.host().value()).toArray(UUID[]::new),
                reports.stream().map(ReportId::incarnation).toArray(Long[]::new),
                reports.stream().map(ReportId::sequence).toArray(Long[]::new));
        return found;
    }

    @Override
    public void insert(List<Received> reports) {
        database.changeAll(
                """
                insert into usage_report(host_id, incarnation, sequence, sha256, previous_sha256, payload, topic, part, off,
                    received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                reports.stream()
                        .map(report -> new Object[] {
                            report.id().host().value(),
                            report.id().incarnation(),
                            report.id().sequence(),
                            report.sha().bytes(),
                            report.previous().bytes(),
                            report.payload(),
                            report.topic(),
                            report.partition(),
                            report.offset(),
                            report.receivedAt()
                        })
                        .toList());
    }

    @Override
    public void insertConflicts(List<Conflict> conflicts, Instant seenAt) {
        database.changeAll(
                """
                insert into usage_conflict(topic, part, off, host_id, incarnation, sequence, lease_id, reason, payload,
                    seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", conflicts.stream().map(conflict -> row(conflict, seenAt)).toList());
    }

    @Override
    public List<Lane> lanesWithGaps() {
        return database.select("""
                select host_id, incarnation, received::text as received, refused::text as refused from lane
                where received + refused <> int8multirange(int8range(1, coalesce(upper(received + refused), 1)))
                order by host_id, incarnation""", SqlReportStore::lane);
    }

    static Lane lane(ResultSet row) throws SQLException {
        return new Lane(
                new LaneId(HostId.of(row.getObject("host_id", UUID.class)), row.getLong("incarnation")),
                Intervals.parse(row.getString("received")),
                Intervals.parse(row.getString("refused")));
    }

    static ReportId reportId(ResultSet row) throws SQLException {
        return new ReportId(
                HostId.of(row.getObject("host_id", UUID.class)), row.getLong("incarnation"), row.getLong("sequence"));
    }

    private static Object[] row(Conflict conflict, Instant seenAt) {
        // PostgreSQL keeps no NUL in a text
        String reason = conflict.reason().replace('\0', '?');
        return switch (conflict) {
            case Conflict.WholeRecord whole -> {
                RawRecord raw = whole.raw();
                UUID host = whole.report().map(r -> r.host().value()).orElse(null);
                Long incarnation = whole.report().map(ReportId::incarnation).orElse(null);
                Long sequence = whole.report().map(ReportId::sequence).orElse(null);
                yield new Object[] {
                    raw.topic(),
                    raw.partition(),
                    raw.offset(),
                    host,
                    incarnation,
                    sequence,
                    null,
                    reason,
                    raw.value(),
                    seenAt
                };
            }
            case Conflict.PartOfReport part ->
                new Object[] {
                    null,
                    null,
                    null,
                    part.report().host().value(),
                    part.report().incarnation(),
                    part.report().sequence(),
                    part.lease().value(),
                    reason,
                    null,
                    seenAt
                };
        };
    }
}
