package filon.api.rental.store;

import filon.api.database.Database;
import filon.api.rental.Mover;
import filon.api.rental.RentalReason;
import filon.api.rental.RentalState;
import filon.api.rental.Transition;
import filon.api.rental.TransitionStore;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlTransitionStore implements TransitionStore {
    private final Database database;

    SqlTransitionStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(RentalId rental, Instant at, RentalState state) {
        note(rental, at, state, state.reason());
    }

    @Override
    public void note(RentalId rental, Instant at, RentalState state, String what) {
        database.update(
                """
                insert into rental_transition (rental_id, at, state, code, reason, mover, next_step)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                rental.value(),
                at,
                state.name(),
                state.code().name(),
                what,
                state.mover().name(),
                state.nextStep());
        database.update("""
                delete from rental_transition where rental_id = ? and seq <=
                  (select seq from rental_transition where rental_id = ? order by seq desc offset ? limit 1)
                """, rental.value(), rental.value(), KEPT);
    }

    @Override
    public List<Transition> of(RentalId rental, Optional<Long> before, int limit) {
        return database.select(
                """
                select seq, at, state, code, reason, mover, next_step from rental_transition
                where rental_id = ? and seq < ? order by seq desc limit ?
                """, SqlTransitionStore::transition, rental.value(), before.orElse(Long.MAX_VALUE), limit);
    }

    private static Transition transition(ResultSet row) throws SQLException {
        return new Transition(
                row.getLong("seq"),
                Database.instant(row, "at").orElseThrow(),
                row.getString("state"),
                RentalReason.valueOf(row.getString("code")),
                row.getString("reason"),
                Mover.valueOf(row.getString("mover")),
                row.getString("next_step"));
    }
}
