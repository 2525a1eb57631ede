package filon.provisioning.placement.store;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.RentalId;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Json;
import filon.provisioning.database.Database.Row;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandState;
import filon.provisioning.placement.DemandStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlDemandStore implements DemandStore {
    private static final String SELECT = "select rental_id, wish, state, epoch, sequence, refusals from demand ";
    private final Database database;

    SqlDemandStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Demand> find(RentalId rental) {
        return database.first(SELECT + "where rental_id = ?", SqlDemandStore::demand, rental.value());
    }

    @Override
    public Demand lock(RentalId rental, Instant now) {
        database.write("""
                insert into demand (rental_id, state, epoch, sequence, since) values (?, 'Unheard', 0, 0, ?)
                on conflict do nothing
                """, rental.value(), now);
        return database.first(SELECT + "where rental_id = ? for update", SqlDemandStore::demand, rental.value())
                .orElseThrow();
    }

    @Override
    public void save(Demand demand, long epochBefore, Instant now) {
        int written = database.write(
                """
                update demand set wish = ?::jsonb, state = ?, epoch = ?, sequence = ?, refusals = ?,
                  since = case when state = ? then since else ? end
                where rental_id = ? and epoch = ?
                """,
                demand.wish().map(Json::new).orElse(null),
                demand.state().label(),
                demand.epoch(),
                demand.sequence(),
                new Json(demand.refusals()),
                demand.state().label(),
                now,
                demand.rental().value(),
                epochBefore);
        if (written != 1) {
            throw new IllegalStateException("rental " + demand.rental() + " is not at epoch " + epochBefore);
        }
    }

    @Override
    public List<RentalId> awaiting(int limit) {
        return database.all(
                "select rental_id from demand where state = 'Awaiting' order by since limit ?",
                row -> RentalId.of(row.text("rental_id")),
                limit);
    }

    @Override
    public void lockPlacement() {
        database.hold("provisioning.placement");
    }

    private static Demand demand(Row row) throws SQLException {
        String wish = row.text("wish");
        return new Demand(
                RentalId.of(row.text("rental_id")),
                wish == null ? null : row.json("wish", Order.class),
                DemandState.of(row.text("state")),
                row.number("epoch"),
                row.number("sequence"),
                List.of(row.json("refusals", String[].class)));
    }
}
