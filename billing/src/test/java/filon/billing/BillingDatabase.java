package filon.billing;

import filon.testkit.Ports;
import filon.testkit.postgres.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL for the tests of this module, used as the role that billing has everywhere, and the test hosts' secret. */
public final class BillingDatabase implements QuarkusTestResourceLifecycleManager {
    /** 64 hex digits that protect nothing: local-dev-only. */
    public static final String UPLINK_SECRET = "0f".repeat(32);

    private static final String ROLE = "billing";
    private Postgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("filon-billing-");
            Path secret = Files.writeString(folder.resolve("uplink.hex"), UPLINK_SECRET);
            postgres = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Ports.free());
            postgres.start();
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    postgres.jdbcUrl(postgres.freshDatabase(ROLE)),
                    "quarkus.datasource.username",
                    ROLE,
                    "quarkus.datasource.password",
                    Postgres.PASSWORD,
                    "filon.uplink.secret-file",
                    secret.toString(),
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1");
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of billing need PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    @Override
    public void stop() {
        try {
            if (postgres != null) {
                postgres.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
