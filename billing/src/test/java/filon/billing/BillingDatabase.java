package filon.billing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL for the tests of this module, and the uplink secret of the test hosts. */
public final class BillingDatabase implements QuarkusTestResourceLifecycleManager {
    /** 64 hex digits that protect nothing: local-dev-only. */
    public static final String UPLINK_SECRET = "0f".repeat(32);

    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start();
            Path secret = Files.createTempFile("uplink", ".hex");
            Files.writeString(secret, UPLINK_SECRET);
            secret.toFile().deleteOnExit();
            return Map.of(
                    "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                    "quarkus.datasource.username", "postgres",
                    "quarkus.datasource.password", "postgres",
                    "filon.uplink.secret-file", secret.toString(),
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of billing need PostgreSQL", e);
        }
    }

    @Override
    public void stop() {
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
