package filon.api.usage.store;

import filon.api.database.Database;
import filon.api.usage.Cost;
import filon.api.usage.CostStore;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The newest version wins in the database itself, whatever the order of arrival. */
@ApplicationScoped
class SqlCostStore implements CostStore {
    private final Database database;

    SqlCostStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Cost> find(Collection<RentalId> rentals) {
        String ids = rentals.stream().map(RentalId::toString).collect(Collectors.joining(","));
        return database.select(
                "select * from rental_cost where rental_id = any(string_to_array(?, ',')::uuid[])",
                SqlCostStore::cost,
                ids);
    }

    @Override
    public void keep(Cost cost) {
        database.update(
                """
                insert into rental_cost(rental_id, proven_seconds, cost, accepted, rejected, metered_until, version, as_of)
                values (?, ?, ?, ?, ?, ?::timestamptz, ?, ?)
                on conflict (rental_id) do update set proven_seconds = excluded.proven_seconds, cost = excluded.cost,
                    accepted = excluded.accepted, rejected = excluded.rejected, metered_until = excluded.metered_until,
                    version = excluded.version, as_of = excluded.as_of
                where rental_cost.version < excluded.version""",
                cost.rental().value(),
                cost.provenSeconds(),
                cost.cost().amount(),
                cost.acceptedShares(),
                cost.rejectedShares(),
                cost.meteredUntil().orElse(null),
                cost.version(),
                cost.asOf().orElseThrow());
    }

    private static Cost cost(ResultSet row) throws SQLException {
        return new Cost(
                RentalId.of(row.getObject("rental_id", UUID.class)),
                row.getLong("proven_seconds"),
                MicroEuro.of(row.getLong("cost")),
                row.getLong("accepted"),
                row.getLong("rejected"),
                Database.instant(row, "metered_until"),
                row.getLong("version"),
                Database.instant(row, "as_of"));
    }
}
