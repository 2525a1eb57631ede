package filon.provisioning;

import filon.provisioning.authority.AuthorityDirectory;
import filon.testkit.Ports;
import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaPorts;
import filon.testkit.postgres.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL, and a real Kafka broker with the platform's topics and access rules that shows agents the certificate that our
 * own authority made for it. Both are used with the rights that provisioning has everywhere.
 */
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {
    private static final String ROLE = "provisioning";
    private Postgres postgres;
    private KafkaBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("filon-provisioning-");
            Path authority = folder.resolve("authority");
            AuthorityDirectory.complete(authority, List.of("127.0.0.1"), Clock.systemUTC());
            postgres = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Ports.free());
            postgres.start();
            broker = new KafkaBroker(new KafkaBroker.Place(
                    folder.resolve("kafka"), folder.resolve("kafka.log"), authority, KafkaPorts.free()));
            broker.start();
            Map<String, String> settings = new HashMap<>();
            broker.clientOf(ROLE).forEach((name, value) -> settings.put("kafka." + name, value));
            settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl(postgres.freshDatabase(ROLE)));
            settings.put("quarkus.datasource.username", ROLE);
            settings.put("quarkus.datasource.password", Postgres.PASSWORD);
            settings.put("filon.authority.directory", authority.toString());
            settings.put(
                    "filon.enrolment.brokers", "127.0.0.1:" + broker.ports().agents());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of provisioning need PostgreSQL and a Kafka broker", e);
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
