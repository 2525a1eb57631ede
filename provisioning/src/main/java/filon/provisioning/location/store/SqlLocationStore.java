package filon.provisioning.location.store;

import filon.contracts.value.HostId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.location.Location;
import filon.provisioning.location.LocationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@ApplicationScoped
class SqlLocationStore implements LocationStore {
    private static final String SELECT =
            "select h.id, h.site, l.rack, l.power from host h left join host_location l on l.host_id = h.id ";
    private final Database database;

    SqlLocationStore(Database database) {
        this.database = database;
    }

    private record Of(HostId host, Location location) {}

    @Override
    public Optional<Location> find(HostId host) {
        return database.first(SELECT + "where h.id = ?", SqlLocationStore::location, host.value());
    }

    @Override
    public Map<HostId, Location> all() {
        return database.all(SELECT, row -> new Of(HostId.of(row.text("id")), location(row))).stream()
                .collect(Collectors.toMap(Of::host, Of::location));
    }

    @Override
    public void put(HostId host, Location location, String by, Instant now) {
        database.write(
                """
                insert into host_location (host_id, rack, power, set_by, set_at) values (?, ?::text, ?::text, ?, ?)
                on conflict (host_id) do update
                set rack = excluded.rack, power = excluded.power, set_by = excluded.set_by, set_at = excluded.set_at
                """,
                host.value(),
                location.rackKnown().orElse(null),
                location.powerKnown().orElse(null),
                by,
                now);
    }

    private static Location location(Row row) throws SQLException {
        return new Location(row.text("site"), row.text("rack"), row.text("power"));
    }
}
