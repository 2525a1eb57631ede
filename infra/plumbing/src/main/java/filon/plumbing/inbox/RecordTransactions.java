package filon.plumbing.inbox;

import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.plumbing.outbox.Outbox;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The transactions around records: effect, noted id and moved offset commit together or not at all. */
@ApplicationScoped
public class RecordTransactions {
    private static final Logger LOG = Logger.getLogger(RecordTransactions.class);
    private final AgroalDataSource dataSource;
    private final Outbox outbox;

    RecordTransactions(AgroalDataSource dataSource, Outbox outbox) {
        this.dataSource = dataSource;
        this.outbox = outbox;
    }

    /** Where this consumer goes on reading; empty when it never read this partition. */
    @Transactional
    public OptionalLong nextOffset(String consumer, String topic, int partition) {
        String select = "select next_offset from consumer_offset where consumer = ? and topic = ? and part = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, consumer);
            statement.setString(2, topic);
            statement.setInt(3, partition);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the offset of consumer " + consumer, e);
        }
    }

    /**
     * Handles a batch and moves the offset behind its last record.
     *
     * @throws StaleConsumerException if another consumer has moved the offset: this one must seek again
     */
    @Transactional
    public void handle(RecordHandler handler, List<RawRecord> batch) {
        move(handler.consumer(), batch);
        handler.handle(batch);
    }

    /** Gives up on a record: it goes to the dead letters with the reason, and the offset moves on. */
    @Transactional
    public void giveUp(String consumer, RawRecord record, String reason) {
        move(consumer, List.of(record));
        bury(consumer, record, reason);
    }

    void bury(String consumer, RawRecord record, String reason) {
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        LOG.warnf("%s cannot use %s: %s", consumer, origin, reason);
        outbox.appendRecord(
                Topics.DEAD_LETTERS,
                storable(record.key() == null ? "" : record.key()),
                Map.of(UplinkHeaders.REASON, storable(consumer + ": " + reason), UplinkHeaders.ORIGIN, origin),
                record.value());
    }

    /** PostgreSQL stores every text but one with the character NUL; a key with one would stop its consumer for ever. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    boolean isFirst(String consumer, UUID messageId) {
        String insert = "insert into inbox(consumer, message_id) values (?, ?) on conflict do nothing";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, consumer);
            statement.setObject(2, messageId);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot note message " + messageId + " for consumer " + consumer, e);
        }
    }

    private void move(String consumer, List<RawRecord> batch) {
        RawRecord first = batch.getFirst();
        long next = batch.getLast().offset() + 1;
        String upsert = "insert into consumer_offset(consumer, topic, part, next_offset) values (?, ?, ?, ?)"
                + " on conflict (consumer, topic, part) do update set next_offset = excluded.next_offset"
                + " where consumer_offset.next_offset <= ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(upsert)) {
            statement.setString(1, consumer);
            statement.setString(2, first.topic());
            statement.setInt(3, first.partition());
            statement.setLong(4, next);
            statement.setLong(5, first.offset());
            if (statement.executeUpdate() != 1) {
                throw new StaleConsumerException(consumer, first);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot move the offset of consumer " + consumer, e);
        }
    }
}
