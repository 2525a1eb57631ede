package filon.plumbing.outbox;

import filon.contracts.message.Envelope;
import filon.contracts.message.Message;
import filon.plumbing.codec.MessageCodec;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes what a use case wants to say and stores it in the use case's own transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Outbox {
    private static final String INSERT = "insert into outbox(topic, key, headers, value) values (?, ?, ?::jsonb, ?)";

    private final AgroalDataSource dataSource;
    private final Clock clock;
    private final String source;

    Outbox(AgroalDataSource dataSource, Clock clock, @ConfigProperty(name = "quarkus.application.name") String source) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.source = source;
    }

    /** Publishes a message under its own key once the transaction has committed. */
    public void append(String topic, Message message) {
        Envelope envelope = Envelope.of(UUID.randomUUID(), clock.instant(), source, nextSequence(), message);
        insert(topic, message.key(), Map.of(), MessageCodec.encode(envelope));
    }

    /** Publishes bytes as they are, for records that are no envelopes; a null value is a tombstone. */
    public void appendRecord(String topic, String key, Map<String, String> headers, byte[] value) {
        insert(topic, key, headers, value);
    }

    private void insert(String topic, String key, Map<String, String> headers, byte[] value) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, topic);
            statement.setString(2, key);
            statement.setString(3, MessageCodec.json(headers));
            statement.setBytes(4, value);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot store a message for topic " + topic, e);
        }
    }

    private long nextSequence() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select nextval('envelope_sequence')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot draw an envelope sequence", e);
        }
    }
}
