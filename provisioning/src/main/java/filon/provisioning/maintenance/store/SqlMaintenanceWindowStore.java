package filon.provisioning.maintenance.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.maintenance.MaintenanceWindowStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SqlMaintenanceWindowStore implements MaintenanceWindowStore {
    private static final String AHEAD = """
            select id, host_id, starts_at, reason, announced_by from maintenance_window
            where cancelled_by is null and begun_at is null
            """;
    private final Database database;

    SqlMaintenanceWindowStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(MaintenanceWindow window, Instant now) {
        database.write(
                """
                insert into maintenance_window (id, host_id, starts_at, reason, announced_by, announced_at)
                values (?, ?, ?, ?, ?, ?)
                """, window.id(), window.host().value(), window.startsAt(), window.reason(), window.announcedBy(), now);
    }

    @Override
    public List<MaintenanceWindow> ahead() {
        return database.all(AHEAD + " order by starts_at, id", SqlMaintenanceWindowStore::window);
    }

    @Override
    public Optional<MaintenanceWindow> lockAhead(UUID id) {
        return database.first(AHEAD + " and id = ? for update", SqlMaintenanceWindowStore::window, id);
    }

    @Override
    public void cancel(UUID id, String by) {
        database.write("update maintenance_window set cancelled_by = ? where id = ?", by, id);
    }

    @Override
    public void begin(UUID id, Instant now) {
        database.write("update maintenance_window set begun_at = ? where id = ?", now, id);
    }

    private static MaintenanceWindow window(Row row) throws SQLException {
        return new MaintenanceWindow(
                UUID.fromString(row.text("id")),
                HostId.of(row.text("host_id")),
                row.instant("starts_at"),
                row.text("reason"),
                row.text("announced_by"));
    }
}
