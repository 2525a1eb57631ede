package filon.provisioning.host.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostEventLine;
import filon.provisioning.host.HostReason;
import filon.provisioning.host.HostState;
import filon.provisioning.host.HostStore;
import filon.provisioning.host.Liveness;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlHostStore implements HostStore {
    private static final String SELECT = "select id, name, site, state, code, reason, since, version from host ";
    private static final String LIVENESS = """
            select host_id, incarnation, instance, begun_at, generation, agent_version, reported_at, connectivity
            from host_liveness
            """;
    private static final int DETAIL_LENGTH_MAX = 1_000;
    private static final int EVENTS_KEPT = 500;
    private final Database database;

    SqlHostStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Host> find(HostId id) {
        return database.first(SELECT + "where id = ?", SqlHostStore::host, id.value());
    }

    @Override
    public Optional<Host> lock(HostId id) {
        return database.first(SELECT + "where id = ? for update", SqlHostStore::host, id.value());
    }

    @Override
    public List<Host> all() {
        return database.all(SELECT + "order by name, id", SqlHostStore::host);
    }

    @Override
    public void add(Host host) {
        database.write(
                """
                insert into host (id, name, site, state, code, reason, since, deadline, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                host.id().value(),
                host.name(),
                host.site(),
                host.state().label(),
                host.code(),
                host.reason(),
                host.since(),
                host.deadline().orElse(null),
                host.version());
    }

    @Override
    public void save(Host host) {
        int written = database.write(
                """
                update host set state = ?, code = ?, reason = ?, since = ?, deadline = ?::timestamptz, version = ?
                where id = ? and version = ?
                """,
                host.state().label(),
                host.code(),
                host.reason(),
                host.since(),
                host.deadline().orElse(null),
                host.version(),
                host.id().value(),
                host.version() - 1);
        if (written != 1) {
            throw new IllegalStateException("host " + host.id() + " is not at version " + (host.version() - 1));
        }
    }

    @Override
    public List<HostId> pastDeadline(Instant now) {
        return database.all("select id from host where deadline <= ?", SqlHostStore::id, now);
    }

    @Override
    public Optional<Liveness> liveness(HostId id) {
        return database.first(LIVENESS + "where host_id = ?", SqlHostStore::liveness, id.value());
    }

    @Override
    public Map<HostId, Liveness> livenessOfAll() {
        record Of(HostId host, Liveness liveness) {}
        return database.all(LIVENESS, row -> new Of(HostId.of(row.text("host_id")), liveness(row))).stream()
                .collect(Collectors.toMap(Of::host, Of::liveness));
    }

    @Override
    public boolean put(HostId id, Liveness liveness) {
        return database.write(
                        """
                        insert into host_liveness (host_id, incarnation, instance, begun_at, generation, agent_version,
                                                   reported_at, connectivity)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (host_id) do update
                        set incarnation = excluded.incarnation, generation = excluded.generation,
                            agent_version = excluded.agent_version, reported_at = excluded.reported_at,
                            connectivity = excluded.connectivity,
                            begun_at = case when excluded.incarnation = host_liveness.incarnation
                                            then host_liveness.begun_at else excluded.begun_at end,
                            instance = case when excluded.incarnation = host_liveness.incarnation
                                                 and host_liveness.instance <> ''
                                            then host_liveness.instance else excluded.instance end
                        where (host_liveness.incarnation, host_liveness.reported_at)
                              <= (excluded.incarnation, excluded.reported_at)
                        """,
                        id.value(),
                        liveness.incarnation(),
                        liveness.instance(),
                        liveness.begunAt(),
                        liveness.generation(),
                        liveness.agentVersion(),
                        liveness.reportedAt(),
                        liveness.connectivity())
                == 1;
    }

    @Override
    public List<HostId> withAgedConnectivity(Instant staleBefore, Instant offlineBefore) {
        return database.all("""
                select host_id from host_liveness
                where (connectivity = 'ONLINE' and reported_at < ?) or (connectivity <> 'OFFLINE' and reported_at < ?)
                """, row -> HostId.of(row.text("host_id")), staleBefore, offlineBefore);
    }

    @Override
    public void append(HostId id, HostEventLine line) {
        String detail = line.detail().length() <= DETAIL_LENGTH_MAX
                ? line.detail()
                : line.detail().substring(0, DETAIL_LENGTH_MAX);
        database.write(
                "insert into host_event (host_id, at, kind, detail) values (?, ?, ?, ?)",
                id.value(),
                line.at(),
                line.kind(),
                detail);
        database.write("""
                delete from host_event where host_id = ? and seq <=
                  (select seq from host_event where host_id = ? order by seq desc offset ? limit 1)
                """, id.value(), id.value(), EVENTS_KEPT);
    }

    @Override
    public List<HostEventLine> newestEvents(HostId id, int limit) {
        return database.all(
                "select at, kind, detail from host_event where host_id = ? order by seq desc limit ?",
                row -> new HostEventLine(row.instant("at"), row.text("kind"), row.text("detail")),
                id.value(),
                limit);
    }

    private static HostId id(Row row) throws SQLException {
        return HostId.of(row.text("id"));
    }

    private static Host host(Row row) throws SQLException {
        return new Host(
                id(row),
                row.text("name"),
                row.text("site"),
                HostState.of(row.text("state")),
                HostReason.valueOf(row.text("code")),
                row.text("reason"),
                row.instant("since"),
                row.number("version"));
    }

    private static Liveness liveness(Row row) throws SQLException {
        return new Liveness(
                row.number("incarnation"),
                row.text("instance"),
                row.instant("begun_at"),
                row.number("generation"),
                row.text("agent_version"),
                row.instant("reported_at"),
                Connectivity.valueOf(row.text("connectivity")));
    }
}
