package filon.provisioning.standing.store;

import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.TransitionLine;
import filon.provisioning.standing.TransitionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SqlTransitionStore implements TransitionStore {
    private static final int DETAIL_LENGTH_MAX = 1_000;
    private final Database database;

    SqlTransitionStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Transition transition) {
        database.write(
                """
                insert into transition (kind, subject, from_state, to_state, code, detail, actor_kind, actor, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                transition.subject().kind(),
                transition.subject().id(),
                transition.from().orElse(null),
                transition.to(),
                transition.code(),
                shortened(transition.detail()),
                transition.actor().kind(),
                transition.actor().name(),
                transition.at());
    }

    @Override
    public List<TransitionLine> of(Subject subject, Optional<Long> before, int limit) {
        return database.all(
                """
                select seq, from_state, to_state, code, detail, actor_kind, actor, at from transition
                where kind = ? and subject = ? and seq < ? order by seq desc limit ?
                """, row -> line(subject, row), subject.kind(), subject.id(), before.orElse(Long.MAX_VALUE), limit);
    }

    private static TransitionLine line(Subject subject, Row row) throws SQLException {
        Actor actor = new Actor(Actor.Kind.valueOf(row.text("actor_kind")), row.text("actor"));
        return new TransitionLine(
                row.number("seq"),
                new Transition(
                        subject,
                        Optional.ofNullable(row.text("from_state")),
                        row.text("to_state"),
                        row.text("code"),
                        row.text("detail"),
                        actor,
                        row.instant("at")));
    }

    /** What a host says has any length, and may hold the one character that PostgreSQL does not store. */
    private static String shortened(String detail) {
        return detail.substring(0, Math.min(detail.length(), DETAIL_LENGTH_MAX)).replace('\0', '\uFFFD');
    }
}
