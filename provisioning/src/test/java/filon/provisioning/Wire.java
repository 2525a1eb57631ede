package filon.provisioning;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetReport;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Message;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.uplink.UplinkKeys;
import filon.provisioning.authority.Authority;
import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Speaks to provisioning over Kafka, as the API, as billing and as hosts do, and reads what it says. */
@ApplicationScoped
public class Wire {
    private final Map<String, Object> kafka;
    private final MovableClock clock;
    private final UplinkKeys keys;
    private final Authority authority;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong sequence = new AtomicLong();

    Wire(
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            MovableClock clock,
            UplinkKeys keys,
            Authority authority) {
        // it plays everybody at once
        this.kafka =
                brokers == null ? Map.of() : Map.copyOf(KafkaClients.ofUser(brokers, "admin", KafkaBroker.PASSWORD));
        this.clock = clock;
        this.keys = keys;
        this.authority = authority;
        this.producer =
                brokers == null ? null : new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(2));
    }

    /** An envelope with the next sequence, not sent yet. */
    public Envelope envelope(Message message) {
        return Envelope.of(UUID.randomUUID(), clock.instant(), "test", sequence.incrementAndGet(), message);
    }

    public void say(RentalNotice notice) {
        send(Topics.RENTAL_NOTICES, envelope(notice));
    }

    public void send(String topic, Envelope envelope) {
        send(new ProducerRecord<>(topic, envelope.payload().key(), MessageCodec.encode(envelope)));
    }

    /** As a host says it, with the MAC of its own key. */
    public void report(FleetReport report) {
        uplink(report.hostId(), Topics.FLEET_REPORTED, envelope(report));
    }

    public void tell(FleetEvent event) {
        uplink(event.hostId(), Topics.FLEET_EVENTS, envelope(event));
    }

    /** As {@code writer} says it, whatever the envelope claims. */
    public void uplink(HostId writer, String topic, Envelope envelope) {
        uplink(writer, 1, topic, envelope);
    }

    /** With the keys of one of the writer's enrolments. */
    public void uplink(HostId writer, int enrolment, String topic, Envelope envelope) {
        send(sealed(
                writer,
                enrolment,
                new ProducerRecord<>(topic, envelope.payload().key(), MessageCodec.encode(envelope))));
    }

    /** Any bytes as the writer would send them, with its MAC. */
    public ProducerRecord<String, byte[]> sealed(HostId writer, int enrolment, ProducerRecord<String, byte[]> record) {
        byte[] key = keys.keyOf(writer, enrolment);
        return claimed(writer, enrolment, record, UplinkKeys.mac(key, record.topic(), record.key(), record.value()));
    }

    /** As the writer says it under its first enrolment. */
    public ProducerRecord<String, byte[]> sealed(HostId writer, String topic, Envelope envelope) {
        return sealed(writer, 1, new ProducerRecord<>(topic, envelope.payload().key(), MessageCodec.encode(envelope)));
    }

    /** What claims to be the writer's, with any MAC. */
    public static ProducerRecord<String, byte[]> claimed(
            HostId writer, int enrolment, ProducerRecord<String, byte[]> record, byte[] mac) {
        record.headers()
                .add(UplinkHeaders.HOST, writer.toString().getBytes(StandardCharsets.UTF_8))
                .add(UplinkHeaders.ENROLMENT, Integer.toString(enrolment).getBytes(StandardCharsets.UTF_8))
                .add(UplinkHeaders.MAC, mac);
        return record;
    }

    /** With the rights of a broker's administrator, who may do everything but sign; the caller closes it. */
    public Admin administrator() {
        return Admin.create(kafka);
    }

    /** All notices under a key so far. */
    public List<LeaseNotice> notices(Object key) {
        return records(Topics.LEASE_NOTICES).stream()
                .filter(record -> key.toString().equals(record.key()))
                .map(record -> (LeaseNotice) decode(record.value()).payload())
                .toList();
    }

    public <T extends LeaseNotice> List<T> notices(Object key, Class<T> type) {
        return notices(key).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** All orders on a host's desired topic so far. */
    public List<SignedOrder> orders(HostId host) {
        return records(Topics.desired(host)).stream()
                .map(record -> {
                    try {
                        return MessageCodec.parse(record.value(), SignedOrder.class);
                    } catch (UnusableMessageException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    /** A topic's setting as the broker knows it. */
    public String setting(String topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the control plane signed the order. */
    public boolean isGenuine(SignedOrder signed) {
        try {
            String base64 = authority
                    .controlPlaneKey()
                    .publicKeyPem()
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update((SignedOrder.SIGNING_CONTEXT + signed.order()).getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signed.signature()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Envelope decode(byte[] value) {
        try {
            return MessageCodec.decode(value);
        } catch (UnusableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    public void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
