package filon.billing;

import filon.billing.database.Database;
import filon.contracts.message.Envelope;
import filon.contracts.message.Message;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the module said so far: the outbox, which nothing empties in tests without a broker. */
@ApplicationScoped
public class Published {
    private final Database database;

    Published(Database database) {
        this.database = database;
    }

    /** In the order they were said. */
    public <T extends Message> List<T> all(Class<T> type) {
        return database
                .select(
                        "select value from outbox where topic not in ('usage.quarantine', 'dead.letters') order by seq",
                        row -> decoded(row.getBytes(1)))
                .stream()
                .map(Envelope::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** In the order they were said, of one key. */
    public <T extends Message> List<T> about(String key, Class<T> type) {
        return database
                .select("select value from outbox where key = ? order by seq", row -> decoded(row.getBytes(1)), key)
                .stream()
                .map(Envelope::payload)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The reasons of what lies in quarantine for this key. */
    public List<String> quarantined(String key) {
        return database.select("""
                select headers->>'filon-reason' from outbox where topic = 'usage.quarantine' and key = ? order by seq""", row -> row.getString(1), key);
    }

    private static Envelope decoded(byte[] value) {
        try {
            return MessageCodec.decode(value);
        } catch (UnusableMessageException e) {
            throw new IllegalStateException("billing says only messages", e);
        }
    }
}
