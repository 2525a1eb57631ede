package filon.plumbing.idempotency;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.plumbing.codec.MessageCodec;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a request with an {@code Idempotency-Key} have exactly one effect (IETF draft idempotency-key-header).
 *
 * <p>The answer is stored in the transaction of the effect; a second request with the same key and body gets the stored answer
 * with {@code Idempotent-Replayed: true}; requests in parallel wait for the first. An effect that throws stores nothing.
 */
@ApplicationScoped
public class Idempotency {
    public static final int KEY_LENGTH_MAX = 255;
    private final AgroalDataSource dataSource;

    Idempotency(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * @param scope tenant and operation, so that keys of different callers never meet
     * @param key the header's value, null when it was absent
     * @param body what was asked, compared by its JSON
     * @param effect runs at most once per scope and key, inside this transaction; its entity is stored as JSON
     * @throws ProblemException if the key is missing, too long, or was used with another body
     */
    @Transactional
    public Response once(String scope, String key, Object body, Supplier<Response> effect) {
        requireKey(key);
        byte[] digest = sha256(MessageCodec.json(body));
        try (Connection connection = dataSource.getConnection()) {
            lock(connection, scope + "\n" + key);
            Optional<Response> stored = stored(connection, scope, key, digest);
            if (stored.isPresent()) {
                return stored.get();
            }
            Response response = effect.get();
            store(connection, scope, key, digest, response);
            return response;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot store the answer to a request with an idempotency key", e);
        }
    }

    private static void requireKey(String key) {
        if (key == null || key.isBlank()) {
            throw new ProblemException(
                    Problem.of(ProblemCode.IDEMPOTENCY_KEY_REQUIRED, "header Idempotency-Key is missing"));
        }
        if (key.length() > KEY_LENGTH_MAX) {
            throw new ProblemException(Problem.field(
                    "/headers/Idempotency-Key",
                    "header Idempotency-Key of " + key.length() + " characters exceeds " + KEY_LENGTH_MAX));
        }
    }

    private static void lock(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, text);
            statement.execute();
        }
    }

    private static Optional<Response> stored(Connection connection, String scope, String key, byte[] digest)
            throws SQLException {
        String select =
                "select body_sha256, status, location, entity from idempotent_request where scope = ? and key = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, scope);
            statement.setString(2, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(replay(row, key, digest)) : Optional.empty();
            }
        }
    }

    private static Response replay(ResultSet row, String key, byte[] digest) throws SQLException {
        if (!Arrays.equals(row.getBytes(1), digest)) {
            throw new ProblemException(Problem.of(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED, "Idempotency-Key " + key + " was used with another body"));
        }
        Response.ResponseBuilder response = Response.status(row.getInt(2))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Idempotent-Replayed", "true")
                .entity(row.getString(4));
        String location = row.getString(3);
        return (location == null ? response : response.location(URI.create(location))).build();
    }

    private static void store(Connection connection, String scope, String key, byte[] digest, Response response)
            throws SQLException {
        String insert = "insert into idempotent_request(scope, key, body_sha256, status, location, entity)"
                + " values (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, scope);
            statement.setString(2, key);
            statement.setBytes(3, digest);
            statement.setInt(4, response.getStatus());
            statement.setString(5, response.getHeaderString("Location"));
            statement.setString(6, MessageCodec.json(response.getEntity()));
            statement.executeUpdate();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
