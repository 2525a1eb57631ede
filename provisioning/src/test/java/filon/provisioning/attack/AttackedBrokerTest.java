package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Topics;
import filon.provisioning.AgentKafka;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a compromised agent tries at the real broker with everything that its host has: the key, the certificate, any client. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedBrokerTest {
    private static final byte[] ANYTHING = {1};
    private static final int ALMOST_A_MEGABYTE = 900_000;

    private static EnrolledHost mallory;
    private static EnrolledHost alice;

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @BeforeEach
    void enrol() {
        if (mallory == null) {
            scene.clear();
            mallory = scene.enrol("mallory");
            alice = scene.enrol("alice");
        }
    }

    @Test
    void aHostCannotReadTheOrdersOfAnother() {
        wire.send(new ProducerRecord<>(Topics.desired(alice.id()), "workload/x", ANYTHING));

        assertThatThrownBy(() -> read(mallory, Topics.desired(alice.id())))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aRuleTooManyOpensTheOrdersOfAnother() throws Exception {
        // Given
        String orders = Topics.desired(alice.id());
        wire.send(new ProducerRecord<>(orders, "workload/x", ANYTHING));
        AclBinding tooMany = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, orders, PatternType.LITERAL),
                new AccessControlEntry(
                        "User:" + Topics.principal(mallory.id()), "*", AclOperation.READ, AclPermissionType.ALLOW));
        try (Admin administrator = wire.administrator()) {
            // When
            administrator.createAcls(List.of(tooMany)).all().get();

            // Then
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(read(mallory, orders)).isPositive());
            administrator
                    .deleteAcls(List.<AclBindingFilter>of(tooMany.toFilter()))
                    .all()
                    .get();
        }
    }

    @Test
    void aHostCannotReadTheActionsOfAnother() {
        assertThatThrownBy(() -> read(mallory, Topics.actions(alice.id())))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aHostCannotReadWhatHostsReport() {
        unreadableToMallory(
                List.of(Topics.FLEET_REPORTED, Topics.FLEET_TELEMETRY, Topics.FLEET_EVENTS, Topics.USAGE_REPORTS));
    }

    @Test
    void aHostCannotReadWhatServicesTellEachOther() {
        unreadableToMallory(topicsOfServices());
    }

    @Test
    void aHostCannotSpeakForAService() {
        try (KafkaProducer<String, byte[]> producer = AgentKafka.of(mallory).producer()) {
            for (String topic : topicsOfServices()) {
                assertThatThrownBy(() -> AgentKafka.write(producer, topic))
                        .as(topic)
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    @Test
    void aHostCannotGiveOrdersNotEvenToItself() {
        for (EnrolledHost host : List.of(alice, mallory)) {
            assertThatThrownBy(() -> AgentKafka.of(mallory).write(Topics.desired(host.id())))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aHostDoesNotSeeThatOthersAreThere() throws Exception {
        try (Admin admin = admin(mallory)) {
            assertThat(admin.listTopics().names().get())
                    .noneMatch(name -> name.contains(alice.id().toString()))
                    .hasSize(6);
        }
    }

    @Test
    void aHostCannotPushAServiceOutOfItsGroup() {
        Map<String, Object> settings = new HashMap<>(AgentKafka.of(mallory).access());
        settings.put("group.id", "provisioning.fleet-reported");

        assertThatThrownBy(() -> {
                    try (KafkaConsumer<String, byte[]> consumer =
                            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                        consumer.subscribe(List.of(Topics.FLEET_REPORTED));
                        consumer.poll(Duration.ofSeconds(10));
                    }
                })
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void aHostCannotMoveTheOffsetsOfAService() {
        deniedToMallory(GroupAuthorizationException.class, admin -> admin.alterConsumerGroupOffsets(
                        "provisioning.fleet-reported", Map.of(first(Topics.FLEET_REPORTED), offset(1_000_000)))
                .all());
    }

    @Test
    void aHostCannotFenceTheTransactionsOfAService() {
        Map<String, Object> settings = new HashMap<>(AgentKafka.of(mallory).access());
        settings.put("transactional.id", "billing");
        settings.put("max.block.ms", 10_000);

        assertThatThrownBy(() -> {
                    try (KafkaProducer<String, byte[]> producer =
                            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
                        producer.initTransactions();
                    }
                })
                .isInstanceOf(TransactionalIdAuthorizationException.class);
    }

    @Test
    void aHostCannotDeleteWhatHostsReported() {
        for (String uplink : List.of(Topics.FLEET_REPORTED, Topics.USAGE_REPORTS)) {
            deniedToMallory(TopicAuthorizationException.class, admin -> admin.deleteRecords(
                            Map.of(first(uplink), RecordsToDelete.beforeOffset(1)))
                    .all());
        }
    }

    @Test
    void aHostCannotDeleteTopicsNotEvenItsOwn() {
        for (String topic : List.of(Topics.FLEET_REPORTED, Topics.desired(alice.id()), Topics.desired(mallory.id()))) {
            deniedToMallory(TopicAuthorizationException.class, admin -> admin.deleteTopics(List.of(topic))
                    .all());
        }
    }

    @Test
    void aHostCannotLetTopicsForget() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.USAGE_REPORTS);
        AlterConfigOp forget = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);

        deniedToMallory(TopicAuthorizationException.class, admin -> admin.incrementalAlterConfigs(
                        Map.<ConfigResource, Collection<AlterConfigOp>>of(resource, List.of(forget)))
                .all());
    }

    @Test
    void aHostCannotMakeTopics() {
        deniedToMallory(TopicAuthorizationException.class, admin -> admin.createTopics(
                        List.of(new NewTopic("agent." + mallory.id() + ".more", 1, (short) 1)))
                .all());
    }

    @Test
    void aHostCannotGiveItselfRights() {
        AclBinding everything = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                new AccessControlEntry(
                        "User:" + Topics.principal(mallory.id()), "*", AclOperation.ALL, AclPermissionType.ALLOW));

        deniedToMallory(ClusterAuthorizationException.class, admin -> admin.createAcls(List.of(everything))
                .all());
    }

    @Test
    void aHostDoesNotLearnWhoHasWhichRights() {
        deniedToMallory(ClusterAuthorizationException.class, admin -> admin.describeAcls(AclBindingFilter.ANY)
                .values());
    }

    @Test
    void aHostCannotMakeAUserWithAPassword() {
        UserScramCredentialUpsertion user = new UserScramCredentialUpsertion(
                "admin", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), "known");

        deniedToMallory(ClusterAuthorizationException.class, admin -> admin.alterUserScramCredentials(List.of(user))
                .all());
    }

    @Test
    void aRecordLargerThanABrokerTakesIsRefused() {
        Map<String, Object> settings = new HashMap<>(AgentKafka.of(mallory).access());
        settings.put("max.request.size", 10 * ALMOST_A_MEGABYTE);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(
                                    Topics.FLEET_EVENTS, mallory.id().toString(), new byte[2 * ALMOST_A_MEGABYTE]))
                            .get())
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    private static List<String> topicsOfServices() {
        return Topics.fixed().stream()
                .filter(topic -> !topic.startsWith("fleet.") && !topic.equals(Topics.USAGE_REPORTS))
                .toList();
    }

    private static void unreadableToMallory(List<String> topics) {
        try (KafkaConsumer<String, byte[]> consumer = AgentKafka.of(mallory).consumer(topics.getFirst())) {
            for (String topic : topics) {
                consumer.assign(List.of(first(topic)));
                consumer.seekToBeginning(List.of(first(topic)));
                assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
                        .as(topic)
                        .isInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    private static void deniedToMallory(Class<? extends Exception> denial, Function<Admin, KafkaFuture<?>> attack) {
        try (Admin admin = admin(mallory)) {
            assertThatThrownBy(() -> attack.apply(admin).get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(denial);
        }
    }

    private static Admin admin(EnrolledHost host) {
        return Admin.create(AgentKafka.of(host).access());
    }

    private static TopicPartition first(String topic) {
        return new TopicPartition(topic, 0);
    }

    private static OffsetAndMetadata offset(long offset) {
        return new OffsetAndMetadata(offset);
    }

    private static int read(EnrolledHost host, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = AgentKafka.of(host).consumer(topic)) {
            return consumer.poll(Duration.ofSeconds(10)).count();
        }
    }
}
