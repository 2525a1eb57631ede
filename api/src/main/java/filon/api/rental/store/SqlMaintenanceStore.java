package filon.api.rental.store;

import filon.api.database.Database;
import filon.api.rental.Maintenance;
import filon.api.rental.MaintenanceStore;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SqlMaintenanceStore implements MaintenanceStore {
    private final Database database;

    SqlMaintenanceStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(RentalId rental, Maintenance announced) {
        return database.update(
                        """
                        insert into rental_maintenance (rental_id, window_id, lease_id, starts_at, reason, consequence)
                        values (?, ?, ?, ?, ?, ?) on conflict (rental_id, lease_id, window_id) do nothing
                        """,
                        rental.value(),
                        announced.windowId(),
                        announced.leaseId().value(),
                        announced.startsAt(),
                        announced.reason(),
                        announced.consequence())
                == 1;
    }

    @Override
    public boolean withdraw(RentalId rental, LeaseId lease, UUID window) {
        return database.update("""
                        insert into rental_maintenance (rental_id, window_id, lease_id, is_withdrawn) values (?, ?, ?, true)
                        on conflict (rental_id, lease_id, window_id) do update set is_withdrawn = true
                        where not rental_maintenance.is_withdrawn
                        """, rental.value(), window, lease.value()) == 1;
    }

    @Override
    public List<Maintenance> of(RentalId rental, LeaseId lease) {
        return database.select("""
                select window_id, lease_id, starts_at, reason, consequence from rental_maintenance
                where rental_id = ? and lease_id = ? and not is_withdrawn order by starts_at, window_id
                """, SqlMaintenanceStore::maintenance, rental.value(), lease.value());
    }

    private static Maintenance maintenance(ResultSet row) throws SQLException {
        return new Maintenance(
                row.getObject("window_id", UUID.class),
                LeaseId.of(row.getObject("lease_id", UUID.class)),
                Database.instant(row, "starts_at").orElseThrow(),
                row.getString("reason"),
                row.getString("consequence"));
    }
}
