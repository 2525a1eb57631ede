package filon.simulation;

import filon.agent.disk.DurableFile;
import filon.agent.enrolment.EnrolmentAnswer;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.contracts.message.HostOrder;
import filon.contracts.message.Message;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.simulation.host.Network;
import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaClients;
import filon.testkit.kafka.KafkaPorts;
import filon.testkit.pki.TestAuthority;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker, and around it what a fleet needs of a platform: identities, signed orders, someone who reads. */
final class PlayedPlatform {
    private static final int PARTITIONS = 6;
    private final KafkaBroker broker;
    private final KafkaPorts ports;
    private final Path pki;
    private final TestAuthority authority;
    private final KeyPair orderKeys;
    private final Map<String, List<Message>> heard = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    /** Nobody enrols here: all have an identity from the begin. */
    record NoDesk() implements Network {
        @Override
        public EnrolmentDesk desk() {
            return request -> new EnrolmentAnswer.Refused("nobody enrols here");
        }

        @Override
        public RenewalDesk renewals() {
            return request -> new EnrolmentAnswer.Unavailable("nobody renews here");
        }
    }

    private PlayedPlatform(Path folder) throws Exception {
        this.pki = folder.resolve("pki");
        this.authority = TestAuthority.in(pki, "test authority", Clock.systemUTC());
        this.ports = KafkaPorts.free();
        this.broker = new KafkaBroker(
                new KafkaBroker.Place(folder.resolve("kafka"), folder.resolve("kafka.log"), pki, ports));
        this.orderKeys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        broker.start();
        Map<String, Object> settings =
                new HashMap<>(KafkaClients.ofUser("127.0.0.1:" + ports.internal(), "admin", KafkaBroker.PASSWORD));
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = Stream.of(
                        Topics.FLEET_REPORTED, Topics.FLEET_EVENTS, Topics.FLEET_TELEMETRY, Topics.USAGE_REPORTS)
                .flatMap(topic -> IntStream.range(0, PARTITIONS).mapToObj(part -> new TopicPartition(topic, part)))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    static PlayedPlatform start(Path folder) throws Exception {
        return new PlayedPlatform(folder);
    }

    /** Gives a host an identity, its topics and its rights. */
    HostId letIn(Path home) throws Exception {
        HostId host = HostId.of(UUID.randomUUID());
        String pem = Files.readString(authority.client(Topics.principal(host)));
        String certificate = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----"));
        broker.enrol(host.toString());
        IdentityStore store = new IdentityStore(DurableFile.directory(home));
        Files.writeString(
                home.resolve("identity/key.pem"), key(pem, certificate).pem());
        store.save(new Identity(
                host,
                certificate,
                Files.readString(authority.certificate()),
                List.of("127.0.0.1:" + ports.agents()),
                List.of(Base64.getEncoder().encodeToString(orderKeys.getPublic().getEncoded())),
                "0123456789abcdef".repeat(4),
                1));
        return host;
    }

    private static HostKey key(String pem, String certificate) throws GeneralSecurityException {
        String body = pem.substring(0, pem.indexOf("-----END PRIVATE KEY-----")).replaceAll("-----[A-Z ]+-----", "");
        byte[] encoded = Base64.getMimeDecoder().decode(body);
        var issued = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
        return new HostKey(
                issued.getPublicKey(), KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    }

    void order(HostOrder order) throws Exception {
        byte[] value = MessageCodec.json(signed(order)).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.desired(order.hostId()), 0, order.slot(), value))
                .get();
    }

    private SignedOrder signed(HostOrder order) throws GeneralSecurityException {
        String text = MessageCodec.json(order);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(orderKeys.getPrivate());
        signer.update((SignedOrder.SIGNING_CONTEXT + text).getBytes(StandardCharsets.UTF_8));
        String signature = Base64.getEncoder().encodeToString(signer.sign());
        return new SignedOrder(text, Identity.keyId(orderKeys.getPublic()), signature);
    }

    /** Everything of one type that was ever on a topic. */
    <T extends Message> List<T> read(String topic, Class<T> type) {
        consumer.poll(Duration.ofMillis(200))
                .forEach(record -> heard.computeIfAbsent(record.topic(), key -> new ArrayList<>())
                        .add(decoded(record.value())));
        return heard.getOrDefault(topic, List.of()).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Message decoded(byte[] value) {
        try {
            return MessageCodec.decode(value).payload();
        } catch (UnusableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
        broker.stop();
    }
}
