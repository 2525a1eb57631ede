package filon.plumbing.outbox;

import filon.contracts.message.Envelope;
import filon.contracts.message.Message;
import filon.plumbing.codec.MessageCodec;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
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
    /** Key, headers and value together; a little less than a broker takes by default. */
    public static final int RECORD_BYTES_MAX = 1_000_000;

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

    /**
     * Publishes bytes as they are, for records that are no envelopes; a null value is a tombstone.
     *
     * @throws IllegalArgumentException if the record is larger than topics take: it would hold up its topic for ever
     */
    public void appendRecord(String topic, String key, Map<String, String> headers, byte[] value) {
        insert(topic, key, headers, value);
    }

    private void insert(String topic, String key, Map<String, String> headers, byte[] value) {
        requireSize(topic, key, headers, value);
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

    private static void requireSize(String topic, String key, Map<String, String> headers, byte[] value) {
        long bytes = bytes(key) + (value == null ? 0 : value.length);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += bytes(header.getKey()) + bytes(header.getValue());
        }
        if (bytes > RECORD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "record of " + bytes + " bytes for topic " + topic + " exceeds " + RECORD_BYTES_MAX);
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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
