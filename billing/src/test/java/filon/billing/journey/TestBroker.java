package filon.billing.journey;

import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaPorts;
import filon.testkit.pki.TestAuthority;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A real Kafka broker with the topics and access rules of the platform, met with billing's own rights. */
public final class TestBroker implements QuarkusTestResourceLifecycleManager {
    private KafkaBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("filon-billing-kafka-");
            Path pki = folder.resolve("pki");
            TestAuthority.in(pki, "filon-test", Clock.systemUTC());
            broker = new KafkaBroker(new KafkaBroker.Place(
                    folder.resolve("kafka"), folder.resolve("kafka.log"), pki, KafkaPorts.free()));
            broker.start();
            Map<String, String> settings = new HashMap<>();
            broker.clientOf("billing").forEach((name, value) -> settings.put("kafka." + name, value));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException("the journey of billing needs a Kafka broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.kill();
        }
    }
}
