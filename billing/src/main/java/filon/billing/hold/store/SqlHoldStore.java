package filon.billing.hold.store;

import filon.billing.database.Database;
import filon.billing.hold.Hold;
import filon.billing.hold.HoldState;
import filon.billing.hold.HoldStore;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Holds in PostgreSQL. */
@ApplicationScoped
class SqlHoldStore implements HoldStore {
    private static final String SELECT =
            "select rental_id, customer_id, offer, gpu_count, per_gpu_hour, price_version, state, round from hold";

    private final Database database;

    SqlHoldStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Hold> find(RentalId rental) {
        return database.selectFirst(SELECT + " where rental_id = ?", SqlHoldStore::hold, rental.value());
    }

    @Override
    public Optional<Hold> lock(RentalId rental) {
        database.lockName("rental " + rental);
        return find(rental);
    }

    @Override
    public void save(Hold hold, Instant now) {
        database.change(
                """
                insert into hold(rental_id, customer_id, offer, gpu_count, per_gpu_hour, price_version, state, since, round)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (rental_id) do update set
                    since = case when hold.state = excluded.state then hold.since else excluded.since end,
                    state = excluded.state, round = excluded.round""",
                hold.rental().value(),
                hold.customer().value(),
                hold.terms().offer().sku(),
                hold.terms().gpuCount(),
                hold.terms().pricePerGpuHour().amount(),
                hold.terms().priceVersion(),
                nameOf(hold.state()),
                now,
                hold.round());
    }

    @Override
    public void noteEnding(RentalId rental, String reason, Instant seenAt) {
        database.change(
                "insert into rental_ending(rental_id, reason, seen_at) values (?, ?, ?) on conflict do nothing",
                rental.value(),
                reason == null ? "" : reason,
                seenAt);
    }

    @Override
    public Optional<Instant> endingSeenAt(RentalId rental) {
        return database.selectFirst(
                "select seen_at from rental_ending where rental_id = ?",
                row -> Database.instant(row, "seen_at"),
                rental.value());
    }

    @Override
    public List<RentalId> ending() {
        return database.select(
                "select rental_id from hold where state = 'ENDING' order by since",
                row -> RentalId.of(row.getObject(1, UUID.class)));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                RentalId.of(row.getObject("rental_id", UUID.class)),
                CustomerId.of(row.getString("customer_id")),
                new Hold.Terms(
                        Sku.of(row.getString("offer")),
                        row.getInt("gpu_count"),
                        MicroEuro.of(row.getLong("per_gpu_hour")),
                        row.getInt("price_version")),
                stateOf(row.getString("state")),
                row.getInt("round"));
    }

    private static String nameOf(HoldState state) {
        return switch (state) {
            case HoldState.Requested requested -> "REQUESTED";
            case HoldState.Unfunded unfunded -> "UNFUNDED";
            case HoldState.Placed placed -> "PLACED";
            case HoldState.Exhausted exhausted -> "EXHAUSTED";
            case HoldState.Ending ending -> "ENDING";
            case HoldState.Settled settled -> "SETTLED";
        };
    }

    private static HoldState stateOf(String name) {
        return switch (name) {
            case "REQUESTED" -> new HoldState.Requested();
            case "UNFUNDED" -> new HoldState.Unfunded();
            case "PLACED" -> new HoldState.Placed();
            case "EXHAUSTED" -> new HoldState.Exhausted();
            case "ENDING" -> new HoldState.Ending();
            case "SETTLED" -> new HoldState.Settled();
            default -> throw new IllegalStateException("hold state " + name + " is not known here");
        };
    }
}
