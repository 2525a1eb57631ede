package filon.billing.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Scene;
import filon.billing.TestHost;
import filon.billing.ledger.Ledger;
import filon.contracts.message.BillingNotice.BalanceChanged;
import filon.contracts.message.BillingNotice.CostPosted;
import filon.contracts.message.BillingNotice.HoldPlaced;
import filon.contracts.message.BillingNotice.PricePublished;
import filon.contracts.message.BillingNotice.RentalSettled;
import filon.contracts.message.Envelope;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Message;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.RawRecord;
import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaClients;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole module over a real broker: order, lease and usage in; hold, cost, acknowledgement and settlement out. */
@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
@QuarkusTestResource(value = TestBroker.class, restrictToAnnotatedClass = true)
@TestProfile(BillingJourneyTest.WithBroker.class)
class BillingJourneyTest {
    public static final class WithBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.scheduler.enabled", "true");
        }
    }

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    Scene scene;

    @Inject
    Ledger ledger;

    @Inject
    MovableClock clock;

    private final List<Message> said = new ArrayList<>();

    @Test
    void turnsReportedUsageIntoAPostedCostAndSettlesIt() throws Exception {
        // Given
        clock.set(MovableClock.START);
        CustomerId customer = scene.customerWith(1_000_000);
        RentalId rental = RentalId.of(UUID.randomUUID());
        TestHost host = TestHost.fresh();
        GpuId gpu = GpuId.of("gpu-0");
        LeaseNotice.Granted lease = Scene.grant(rental, customer, host, 1, MovableClock.START.minusSeconds(600), gpu);
        Random random = new Random(99);
        try (KafkaProducer<String, byte[]> producer = producer();
                KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.subscribe(List.of(Topics.BILLING_NOTICES, Topics.USAGE_ACKS, Topics.USAGE_QUARANTINE));

            // When it is ordered
            send(producer, Topics.RENTAL_NOTICES, new RentalNotice.Requested(rental, Scene.order(customer, 1)));
            awaitSaid(consumer, new HoldPlaced(customer, rental, MicroEuro.of(360_000)));

            // And mined, with usage that overtakes its lease, a repetition and poison
            RawRecord first = host.report(Scene.proven(lease, gpu, -300, -200, false, random));
            send(producer, host.signed("poison".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            send(producer, first);
            send(producer, first);
            awaitSaid(consumer, new UsageAcknowledged(host.id(), 1, 1));
            send(producer, Topics.LEASE_NOTICES, lease);
            awaitCost(consumer, rental, 100);

            // And ended
            send(producer, Topics.RENTAL_NOTICES, new RentalNotice.Ending(rental, "customer"));
            send(producer, host.report(Scene.proven(lease, gpu, -200, -150, true, random)));
            send(
                    producer,
                    Topics.LEASE_NOTICES,
                    new LeaseNotice.Ended(
                            rental, lease.leaseId(), 1, MovableClock.START.minusSeconds(150), "customer"));
            awaitSaid(consumer, new RentalSettled(customer, rental, 150, MicroEuro.of(15_000)));
        }

        // Then
        assertThat(ledger.balance(customer).orElseThrow().available()).isEqualTo(MicroEuro.of(985_000));
        assertThat(said.stream().filter(RentalSettled.class::isInstance)).hasSize(1);
        assertThat(said.stream().filter(PricePublished.class::isInstance)).hasSize(2);
        assertThat(said.stream().filter(BalanceChanged.class::isInstance)).isNotEmpty();
        assertThat(said.stream()
                        .filter(CostPosted.class::isInstance)
                        .map(CostPosted.class::cast)
                        .reduce((a, b) -> b)
                        .orElseThrow())
                .satisfies(cost -> assertThat(cost.cost()).isEqualTo(MicroEuro.of(15_000)));
    }

    private void awaitCost(KafkaConsumer<String, byte[]> consumer, RentalId rental, long seconds) {
        await().atMost(Duration.ofSeconds(30)).until(() -> hear(consumer).stream()
                .anyMatch(message -> message instanceof CostPosted cost
                        && cost.rentalId().equals(rental)
                        && cost.provenSeconds() == seconds
                        && cost.cost().equals(Scene.PRICE.costOfSeconds(seconds))));
    }

    private void awaitSaid(KafkaConsumer<String, byte[]> consumer, Message message) {
        await().atMost(Duration.ofSeconds(30)).until(() -> hear(consumer).contains(message));
    }

    private List<Message> hear(KafkaConsumer<String, byte[]> consumer) throws UnusableMessageException {
        for (var heard : consumer.poll(Duration.ofMillis(100))) {
            if (!heard.topic().equals(Topics.USAGE_QUARANTINE)) {
                said.add(MessageCodec.decode(heard.value()).payload());
            }
        }
        // time goes on, so that what changed within the rating interval becomes due
        clock.advance(Duration.ofMillis(100));
        return said;
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, Message message)
            throws ExecutionException, InterruptedException {
        Envelope envelope = Envelope.of(UUID.randomUUID(), MovableClock.START, "test", 1, message);
        producer.send(new ProducerRecord<>(topic, message.key(), MessageCodec.encode(envelope)))
                .get();
    }

    private static void send(KafkaProducer<String, byte[]> producer, RawRecord raw)
            throws ExecutionException, InterruptedException {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(raw.topic(), raw.key(), raw.value());
        raw.headers().forEach((name, value) -> message.headers().add(name, value));
        producer.send(message).get();
    }

    /** The journey plays the API, provisioning and a host at once. */
    private Map<String, Object> everything() {
        return new HashMap<>(KafkaClients.ofUser(broker, "admin", KafkaBroker.PASSWORD));
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(everything(), new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = everything();
        settings.put("group.id", "journey");
        settings.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
