package filon.api;

import filon.testkit.Ports;
import filon.testkit.postgres.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL for the tests of this module, used as the role that the API has everywhere. */
public final class ApiDatabase implements QuarkusTestResourceLifecycleManager {
    private static final String ROLE = "api";
    private Path folder;
    private Path log;
    private Postgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("filon-api-");
            log = folder.resolve("postgres.log");
            postgres = new Postgres(folder.resolve("postgres"), log, Ports.free());
            postgres.start();
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    postgres.jdbcUrl(postgres.freshDatabase(ROLE)),
                    "quarkus.datasource.username",
                    ROLE,
                    "quarkus.datasource.password",
                    Postgres.PASSWORD,
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1");
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of the API need PostgreSQL", e);
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
                Files.deleteIfExists(log);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
