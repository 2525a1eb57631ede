package filon.provisioning.database;

import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs SQL on the connection of the caller's transaction; the statements here say more than an object mapper can: conditional
 * writes, locks, partial indexes.
 */
@ApplicationScoped
public class Database {
    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes a value of the row the result stands on. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** One row of a result, by column name. */
    public record Row(ResultSet result) {
        public String text(String column) throws SQLException {
            return result.getString(column);
        }

        public long number(String column) throws SQLException {
            return result.getLong(column);
        }

        public boolean flag(String column) throws SQLException {
            return result.getBoolean(column);
        }

        public Instant instant(String column) throws SQLException {
            return result.getTimestamp(column).toInstant();
        }

        public Optional<Instant> instantIfAny(String column) throws SQLException {
            return Optional.ofNullable(result.getTimestamp(column)).map(Timestamp::toInstant);
        }

        public <T> T json(String column, Class<T> type) throws SQLException {
            try {
                return MessageCodec.parse(text(column), type);
            } catch (UnusableMessageException e) {
                throw new SQLException("column " + column + " holds no " + type.getSimpleName(), e);
            }
        }
    }

    /** A value stored as {@code jsonb}. */
    public record Json(Object value) {}

    public <T> List<T> all(String sql, Reader<T> reader, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepared(connection, sql, arguments);
                ResultSet result = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (result.next()) {
                found.add(reader.read(new Row(result)));
            }
            return List.copyOf(found);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    public <T> Optional<T> first(String sql, Reader<T> reader, Object... arguments) {
        return all(sql, reader, arguments).stream().findFirst();
    }

    /** @return the number of rows written */
    public int write(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepared(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Waits for everybody else who holds this name, then holds it until the transaction ends. */
    public void hold(String name) {
        all("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> name, name);
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object[] arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Json(Object value) -> statement.setObject(i + 1, MessageCodec.json(value), java.sql.Types.OTHER);
                case Enum<?> name -> statement.setString(i + 1, name.name());
                case null, default -> statement.setObject(i + 1, arguments[i]);
            }
        }
        return statement;
    }

    private static IllegalStateException failure(String sql, SQLException cause) {
        return new IllegalStateException("the database refused: " + sql.strip(), cause);
    }
}
