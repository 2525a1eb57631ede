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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The transactions around records: effect, noted id and moved offset commit together or not at all. */
@ApplicationScoped
public class RecordTransactions {
    private static final Logger LOG = Logger.getLogger(RecordTransactions.class);
    /** With a shortened key and reason, a dead letter stays below {@link Outbox#RECORD_BYTES_MAX}. */
    private static final int DEAD_LETTER_BYTES_MAX = 900_000;

    private static final int TEXT_LENGTH_MAX = 2_000;
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

    /** Moves the offset back, unless somebody has moved it meanwhile; second copies of messages have no effect. */
    @Transactional
    public void rewind(String consumer, String topic, int partition, long from, long to) {
        String update = "update consumer_offset set next_offset = ?"
                + " where consumer = ? and topic = ? and part = ? and next_offset = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, to);
            statement.setString(2, consumer);
            statement.setString(3, topic);
            statement.setInt(4, partition);
            statement.setLong(5, from);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot move the offset of consumer " + consumer + " back", e);
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
    public void giveUp(RecordHandler handler, RawRecord record, String reason) {
        move(handler.consumer(), List.of(record));
        bury(handler.consumer(), record, reason);
        handler.givenUp(record, reason);
    }

    /** Puts a record into the dead letters, in the transaction of its handler: shortened where it would not fit. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void bury(String consumer, RawRecord record, String reason) {
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        LOG.warnf("%s cannot use %s: %s", consumer, origin, storable(reason));
        byte[] value = record.value();
        boolean isTooLong = value != null && value.length > DEAD_LETTER_BYTES_MAX;
        String size = isTooLong ? " (the first " + DEAD_LETTER_BYTES_MAX + " of " + value.length + " bytes)" : "";
        outbox.appendRecord(
                Topics.DEAD_LETTERS,
                storable(record.key() == null ? "" : record.key()),
                Map.of(UplinkHeaders.REASON, storable(consumer + ": " + reason) + size, UplinkHeaders.ORIGIN, origin),
                isTooLong ? Arrays.copyOf(value, DEAD_LETTER_BYTES_MAX) : value);
    }

    /** PostgreSQL stores every text but one with the character NUL; a key with one would stop its consumer for ever. */
    private static String storable(String text) {
        String shortened = text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text;
        return shortened.replace('\0', '\uFFFD');
    }

    /** Notes a message as heard, in the transaction of its handler; false if it was noted before. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean isFirst(String consumer, UUID messageId) {
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
