package filon.billing.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Plain SQL on the connection of the caller's transaction, for stores whose statements say more than an object mapper can.
 *
 * <p>Arguments are bound by position: instants as {@code timestamptz}, {@code UUID[]}, {@code Long[]}, {@code String[]} and
 * {@code byte[][]} as arrays, the rest as the driver takes it. A failure keeps its {@link SQLException} as cause.
 */
@ApplicationScoped
public class Database {
    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> select(String sql, RowReader<T> reader, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> selectFirst(String sql, RowReader<T> reader, Object... arguments) {
        return select(sql, reader, arguments).stream().findFirst();
    }

    /** @return how many rows were written */
    public int change(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The same statement once per row of arguments, in one round trip. */
    public void changeAll(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                bind(connection, statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Holds a name for the rest of the transaction; whoever asks for the same name waits. */
    public void lockName(String name) {
        select("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, name);
    }

    /** The column's instant; never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static void bind(Connection connection, PreparedStatement statement, Object[] arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, bound(connection, arguments[i]));
        }
    }

    private static Object bound(Connection connection, Object argument) throws SQLException {
        return switch (argument) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case UUID[] ids -> connection.createArrayOf("uuid", ids);
            case Long[] numbers -> connection.createArrayOf("bigint", numbers);
            case String[] texts -> connection.createArrayOf("text", texts);
            case byte[][] blobs -> connection.createArrayOf("bytea", blobs);
            case null, default -> argument;
        };
    }

    private static IllegalStateException failure(String sql, SQLException cause) {
        return new IllegalStateException(
                "the database refused: " + sql.lines().findFirst().orElse(""), cause);
    }
}
