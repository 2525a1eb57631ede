package filon.provisioning.incident.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.incident.Incident;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.IncidentStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SqlIncidentStore implements IncidentStore {
    private static final int DETAIL_LENGTH_MAX = 1_000;
    private static final String SELECT =
            "select id, at, severity, kind, host, detail, times, last_at, acknowledged from incident ";
    private final Database database;

    SqlIncidentStore(Database database) {
        this.database = database;
    }

    @Override
    public void raise(UUID id, IncidentKind kind, Optional<HostId> host, String detail, Instant now) {
        // PostgreSQL stores every text but one with the character NUL
        String shortened = detail.substring(0, Math.min(detail.length(), DETAIL_LENGTH_MAX))
                .replace('\0', '\uFFFD');
        database.write(
                """
                insert into incident (id, at, severity, kind, host, detail, times, last_at)
                values (?, ?, ?, ?, ?, ?, 1, ?)
                on conflict (host, kind) where acknowledged is null do update
                set times = incident.times + 1, last_at = excluded.last_at, detail = excluded.detail
                """, id, now, kind.severity(), kind, host.map(HostId::value).orElse(null), shortened, now);
    }

    @Override
    public List<Incident> newest(int limit) {
        return database.all(SELECT + "order by last_at desc, id limit ?", SqlIncidentStore::incident, limit);
    }

    @Override
    public void acknowledge(UUID id, String by, Instant now) {
        database.write(
                "update incident set acknowledged = ?, acknowledged_by = ? where id = ? and acknowledged is null",
                now,
                by,
                id);
    }

    @Override
    public Optional<Incident> find(UUID id) {
        return database.first(SELECT + "where id = ?", SqlIncidentStore::incident, id);
    }

    private static Incident incident(Row row) throws SQLException {
        return new Incident(
                UUID.fromString(row.text("id")),
                row.instant("at"),
                IncidentKind.Severity.valueOf(row.text("severity")),
                IncidentKind.valueOf(row.text("kind")),
                Optional.ofNullable(row.text("host")).map(HostId::of).orElse(null),
                row.text("detail"),
                row.number("times"),
                row.instant("last_at"),
                row.instantIfAny("acknowledged").orElse(null));
    }
}
