package filon.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.Topics;
import filon.testkit.pki.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaBrokerTest {
    private static final String OWN = UUID.randomUUID().toString();
    private static final String OTHER = UUID.randomUUID().toString();
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static KafkaBroker broker;
    private static Map<String, String> agent;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.in(folder.resolve("pki"), "filon-test", Clock.systemUTC());
        broker = broker(KafkaPorts.free());
        broker.start();
        broker.enrol(OWN);
        broker.enrol(OTHER);
        agent = broker.clientOfAgent(authority.client("agent-" + OWN));
    }

    private static KafkaBroker broker(KafkaPorts ports) {
        return new KafkaBroker(new KafkaBroker.Place(
                folder.resolve("kafka"), folder.resolve("kafka.log"), folder.resolve("pki"), ports));
    }

    @AfterAll
    static void end() {
        broker.kill();
    }

    @Test
    void makesExactlyTheFixedTopics() throws Exception {
        // When
        Set<String> names;
        try (Admin admin = Admin.create(new HashMap<>(broker.clientOf("admin")))) {
            names = admin.listTopics().names().get(90, TimeUnit.SECONDS);
        }

        // Then
        assertThat(names.stream().filter(name -> !name.startsWith("agent.")).toList())
                .containsExactlyInAnyOrderElementsOf(Topics.fixed());
    }

    @Test
    void keepsRecordsAndRightsOverAKill() throws Exception {
        // Given
        String key = "kept-" + UUID.randomUUID();
        send(broker.clientOf("provisioning"), "agent." + OWN + ".desired", key);

        // When
        broker.kill();
        assertThat(broker.isAlive()).isFalse();
        broker.start();

        // Then
        assertThat(keysOf(agent, "agent." + OWN + ".desired")).contains(key);
        assertThatThrownBy(() -> keysOf(agent, "agent." + OTHER + ".desired"))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void letsAnAgentReadItsOwnTopics() throws Exception {
        // Given
        String key = "order-" + UUID.randomUUID();
        send(broker.clientOf("provisioning"), "agent." + OWN + ".desired", key);
        send(broker.clientOf("provisioning"), "agent." + OWN + ".actions", key);

        // When // Then
        assertThat(keysOf(agent, "agent." + OWN + ".desired")).contains(key);
        assertThat(keysOf(agent, "agent." + OWN + ".actions")).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.FLEET_REPORTED, Topics.FLEET_TELEMETRY, Topics.FLEET_EVENTS, Topics.USAGE_REPORTS})
    void letsAnAgentWriteTheUplinks(String topic) {
        assertThatCode(() -> send(agent, topic, OWN)).doesNotThrowAnyException();
    }

    static Stream<String> topicsAnAgentMustNotRead() {
        return Stream.concat(
                Topics.fixed().stream(), Stream.of("agent." + OTHER + ".desired", "agent." + OTHER + ".actions"));
    }

    @ParameterizedTest
    @MethodSource("topicsAnAgentMustNotRead")
    void deniesAnAgentToRead(String topic) throws Exception {
        // Given something to read: who may describe a topic learns that it is empty, and would then read nothing
        send(broker.clientOf("admin"), topic, "secret");

        // When // Then
        assertThatThrownBy(() -> keysOf(agent, topic)).isInstanceOf(TopicAuthorizationException.class);
    }

    static Stream<String> topicsAnAgentMustNotWrite() {
        return Stream.of(
                Topics.RENTAL_NOTICES,
                Topics.BILLING_NOTICES,
                Topics.LEASE_NOTICES,
                Topics.USAGE_ACKS,
                Topics.USAGE_QUARANTINE,
                Topics.DEAD_LETTERS,
                "agent." + OWN + ".desired",
                "agent." + OWN + ".actions",
                "agent." + OTHER + ".desired",
                "__consumer_offsets");
    }

    @ParameterizedTest
    @MethodSource("topicsAnAgentMustNotWrite")
    void deniesAnAgentToWrite(String topic) {
        assertThatThrownBy(() -> send(agent, topic, OWN)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void deniesAnAgentToMakeTopicsAndRules() {
        try (Admin admin = Admin.create(new HashMap<>(agent))) {
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("agent." + OWN + ".more", 1, (short) 1)))
                            .all()
                            .get(90, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> admin.createAcls(List.of(new AclBinding(
                                    new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                                    new AccessControlEntry(
                                            "User:agent-" + OWN, "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                            .all()
                            .get(90, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void showsAnAgentOnlyTheTopicsItMayUse() throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(agent))) {
            assertThat(admin.listTopics().names().get(90, TimeUnit.SECONDS))
                    .containsExactlyInAnyOrder(
                            "agent." + OWN + ".desired",
                            "agent." + OWN + ".actions",
                            Topics.FLEET_REPORTED,
                            Topics.FLEET_TELEMETRY,
                            Topics.FLEET_EVENTS,
                            Topics.USAGE_REPORTS);
        }
    }

    @Test
    void refusesTheSameNameFromAForeignAuthority() throws Exception {
        // Given
        TestAuthority foreign = TestAuthority.in(folder.resolve("foreign"), "filon-test", Clock.systemUTC());
        Map<String, String> stranger = broker.clientOfAgent(foreign.client("agent-" + OWN));

        // When // Then
        assertThatThrownBy(() -> send(stranger, Topics.FLEET_EVENTS, OWN))
                .isInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void refusesAClientWithoutACertificate() {
        // Given
        Map<String, String> bare = new HashMap<>(agent);
        bare.keySet().removeIf(name -> name.startsWith("ssl.keystore"));

        // When // Then
        assertThatThrownBy(() -> send(bare, Topics.FLEET_EVENTS, OWN)).isInstanceOf(SslAuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "provisioning", "ANONYMOUS", "unmapped"})
    void givesACertificateOfAnotherNameNoRights(String commonName) throws Exception {
        // Given
        Map<String, String> named = broker.clientOfAgent(authority.client(commonName));

        // When // Then
        assertThatThrownBy(() -> send(named, Topics.RENTAL_NOTICES, OWN))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> keysOf(named, Topics.FLEET_EVENTS)).isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x CN\\=agent-%s", "xagent-%s", "agent-%s,O=x", "agent-%s x"})
    void takesNoNameForAnAgentsThatOnlyContainsIt(String pattern) throws Exception {
        // Given
        Map<String, String> named = broker.clientOfAgent(authority.client(pattern.formatted(OWN)));

        // When // Then
        assertThatThrownBy(() -> send(named, Topics.FLEET_EVENTS, OWN)).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> keysOf(named, "agent." + OWN + ".desired"))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "api,rental.notices",
        "api,dead.letters",
        "provisioning,lease.notices",
        "provisioning,dead.letters",
        "billing,billing.notices",
        "billing,usage.acks",
        "billing,usage.quarantine",
        "billing,dead.letters"
    })
    void letsAServiceWriteItsOwnTopics(String service, String topic) {
        assertThatCode(() -> send(broker.clientOf(service), topic, "key")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "api,billing.notices",
        "api,lease.notices",
        "api,usage.acks",
        "api,usage.reports",
        "provisioning,rental.notices",
        "provisioning,billing.notices",
        "provisioning,usage.acks",
        "provisioning,usage.reports",
        "billing,rental.notices",
        "billing,lease.notices",
        "billing,fleet.reported",
        "billing,usage.reports"
    })
    void deniesAServiceToWriteTheTopicsOfOthers(String service, String topic) {
        assertThatThrownBy(() -> send(broker.clientOf(service), topic, "key"))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "billing"})
    void deniesServicesToOrderFromAHost(String service) {
        assertThatThrownBy(() -> send(broker.clientOf(service), "agent." + OWN + ".desired", "slot"))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "api,billing.notices,api.rentals,true",
        "api,fleet.telemetry,api.usage,true",
        "api,usage.reports,api.usage,false",
        "api,billing.notices,billing.holds,false",
        "provisioning,usage.acks,provisioning.trims,true",
        "provisioning,billing.notices,provisioning.x,false",
        "billing,usage.reports,billing.meter,true",
        "billing,fleet.reported,billing.meter,false"
    })
    void letsServicesReadWhatTheyNeedInGroupsOfTheirOwn(String service, String topic, String group, boolean allowed) {
        // Given
        Map<String, Object> settings = new HashMap<>(broker.clientOf(service));
        settings.put("group.id", group);

        // When // Then
        if (allowed) {
            assertThatCode(() -> subscribe(settings, topic)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> subscribe(settings, topic)).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void letsProvisioningEnrolAHost() throws Exception {
        // Given
        String host = UUID.randomUUID().toString();
        BrokerData.AgentAccess access = BrokerData.agentAccess();

        // When
        try (BrokerAdministration administration =
                new BrokerAdministration(new HashMap<>(broker.clientOf("provisioning")))) {
            administration.completeRules(access.bindingsOf(host));
            administration.completeTopics(access.topicsOf(host));
        }

        // Then
        Map<String, String> enrolled = broker.clientOfAgent(authority.client("agent-" + host));
        send(broker.clientOf("provisioning"), "agent." + host + ".desired", "slot");
        assertThat(keysOf(enrolled, "agent." + host + ".desired")).containsExactly("slot");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() ->
                        send(KafkaClients.ofUser(broker.bootstrap(), "api", "other"), Topics.RENTAL_NOTICES, "key"))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void saysWhichKeyIsMissing() {
        // Given
        KafkaBroker without = new KafkaBroker(new KafkaBroker.Place(
                folder.resolve("other"), folder.resolve("other.log"), folder.resolve("nowhere"), KafkaPorts.free()));

        // When // Then
        assertThatThrownBy(without::start).isInstanceOf(IOException.class).hasMessageContaining("nowhere/ca.pem");
    }

    @Test
    void failureNamesTheLogAndItsLastLines() throws Exception {
        // Given
        Path pki = Files.createDirectories(folder.resolve("broken-pki"));
        Files.writeString(pki.resolve("ca.pem"), "no certificate");
        Files.writeString(pki.resolve("broker.pem"), "no key");
        Path log = folder.resolve("broken.log");
        KafkaBroker broken =
                new KafkaBroker(new KafkaBroker.Place(folder.resolve("broken"), log, pki, KafkaPorts.free()));

        // When // Then
        assertThatThrownBy(broken::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(log.toString())
                .hasMessageContaining("PEM");
        assertThat(broken.isAlive()).isFalse();
    }

    private static void send(Map<String, String> client, String topic, String key) throws Exception {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("max.block.ms", "60000");
        settings.put("request.timeout.ms", "20000");
        settings.put("delivery.timeout.ms", "60000");
        settings.put("linger.ms", "0");
        byte[] value = key.getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key, value)).get(90, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static List<String> keysOf(Map<String, String> client, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(new HashMap<>(client))) {
            TopicPartition first = new TopicPartition(topic, 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            long end = consumer.endOffsets(List.of(first), WITHIN).get(first);
            List<String> keys = new ArrayList<>();
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (consumer.position(first, WITHIN) < end) {
                for (ConsumerRecord<String, byte[]> next : consumer.poll(Duration.ofMillis(200))) {
                    keys.add(next.key());
                }
                assertThat(System.nanoTime()).as("%s read in time", topic).isLessThan(deadline);
            }
            return keys;
        }
    }

    private static void subscribe(Map<String, Object> settings, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(settings)) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
                assertThat(System.nanoTime()).as("%s assigned in time", topic).isLessThan(deadline);
            }
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.put("default.api.timeout.ms", "60000");
        all.put("request.timeout.ms", "20000");
        return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
