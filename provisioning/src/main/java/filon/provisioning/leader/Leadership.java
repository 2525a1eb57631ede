package filon.provisioning.leader;

import filon.provisioning.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes and keeps the lead of chores. Time is the database's, the only clock that all instances share.
 *
 * <p>The lead is a hint until {@link #confirm} has locked its row in the transaction that acts: a leader that was paused finds
 * another epoch there and commits nothing.
 */
@ApplicationScoped
public class Leadership {
    static final int LIFE_SECONDS = 15;
    private final Database database;
    private final String holder = UUID.randomUUID().toString();

    Leadership(Database database) {
        this.database = database;
    }

    /** Renews our lead, or takes it over from nobody or from a leader that has fallen silent; empty while another leads. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Optional<Term> lead(String chore) {
        return lead(chore, holder);
    }

    Optional<Term> lead(String chore, String candidate) {
        return database.first("""
                insert into leader as now_leading (name, epoch, holder, expires)
                values (?, 1, ?, clock_timestamp() + make_interval(secs => ?))
                on conflict (name) do update
                set epoch = now_leading.epoch + case when now_leading.holder = excluded.holder
                                                      and now_leading.expires > clock_timestamp() then 0 else 1 end,
                    holder = excluded.holder, expires = excluded.expires
                where now_leading.holder = excluded.holder or now_leading.expires <= clock_timestamp()
                returning epoch
                """, row -> new Term(chore, row.number("epoch")), chore, candidate, LIFE_SECONDS);
    }

    /**
     * Keeps anybody from taking over until the caller's transaction ends.
     *
     * @throws DeposedException if somebody has already
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void confirm(Term term) {
        database.first(
                        "select epoch from leader where name = ? and epoch = ? for share",
                        row -> row.number("epoch"),
                        term.chore(),
                        term.epoch())
                .orElseThrow(() -> new DeposedException(term));
    }

    /** A graceful stop lets the next one begin at once. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void resign() {
        database.write("update leader set expires = clock_timestamp() where holder = ?", holder);
    }
}
