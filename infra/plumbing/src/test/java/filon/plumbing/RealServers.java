package filon.plumbing;

import filon.testkit.Ports;
import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaPorts;
import filon.testkit.pki.TestAuthority;
import filon.testkit.postgres.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL and Kafka, both real, for the tests of this module. */
public final class RealServers implements QuarkusTestResourceLifecycleManager {
    private Postgres postgres;
    private KafkaBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("filon-plumbing-");
            postgres = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Ports.free());
            postgres.start();
            TestAuthority.in(folder.resolve("pki"), "filon-test", Clock.systemUTC());
            broker = new KafkaBroker(new KafkaBroker.Place(
                    folder.resolve("kafka"), folder.resolve("kafka.log"), folder.resolve("pki"), KafkaPorts.free()));
            broker.start();
            Map<String, String> settings = new HashMap<>();
            broker.clientOf("admin").forEach((name, value) -> settings.put("kafka." + name, value));
            settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl(postgres.freshDatabase("api")));
            settings.put("quarkus.datasource.username", "api");
            settings.put("quarkus.datasource.password", Postgres.PASSWORD);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of the plumbing need PostgreSQL and Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the servers started", e);
        }
    }

    @Override
    public void stop() {
        try {
            if (broker != null) {
                broker.kill();
            }
            if (postgres != null) {
                postgres.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
