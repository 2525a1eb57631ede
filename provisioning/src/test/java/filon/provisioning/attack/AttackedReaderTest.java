package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.provisioning.AgentKafka;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.database.Database;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that nobody could make sense of: too large, too deep, too many, half said. None stops the reading of the others. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int THE_MOST_A_TOPIC_TAKES = 1_000_000;

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Database database;

    @Inject
    Alarms alarms;

    private static EnrolledHost mallory;
    private static EnrolledHost alice;

    @BeforeEach
    void enrol() {
        if (mallory == null) {
            scene.clear();
            mallory = scene.reporting("mallory", DeviceKind.CPU, 1);
            alice = scene.reporting("alice", DeviceKind.CPU, 1);
        }
        alarms.forget(mallory.id());
    }

    @Test
    void whatIsNoMessageIsSetAside() throws Exception {
        // When
        AgentKafka.of(mallory).send(garbage("rubbish".getBytes(StandardCharsets.UTF_8)));

        // Then
        alarms.await(mallory.id(), "unreadable");
        await().atMost(PATIENCE).until(() -> wire.records(Topics.DEAD_LETTERS).stream()
                .anyMatch(letter -> letter.key().equals(mallory.id() + "/host")
                        && new String(letter.value(), StandardCharsets.UTF_8).equals("rubbish")
                        && new String(
                                        letter.headers()
                                                .lastHeader(UplinkHeaders.REASON)
                                                .value(),
                                        StandardCharsets.UTF_8)
                                .startsWith("unreadable: ")));
        passEverything(alice);
    }

    @Test
    void aBottomlessDocumentIsSetAside() throws Exception {
        // When
        AgentKafka.of(mallory).send(garbage("[".repeat(200_000).getBytes(StandardCharsets.UTF_8)));

        // Then
        alarms.await(mallory.id(), "unreadable");
        passEverything(alice);
    }

    @Test
    void aReportWithoutWhatItHasToSayIsSetAside() throws Exception {
        // Given
        String empty = MessageCodec.json(report(mallory.id(), 9)).replaceAll("\"payload\":\\{.*}", "\"payload\":{}}");

        // When
        AgentKafka.of(mallory).send(garbage(empty.getBytes(StandardCharsets.UTF_8)));

        // Then
        alarms.await(mallory.id(), "unreadable");
        passEverything(alice);
    }

    @Test
    void aReportThatNobodyFoundFaultWithUntilItFailedIsNoticed() throws Exception {
        // Given
        String timeless = MessageCodec.json(report(mallory.id(), 9)).replaceAll("\"at\":\"[^\"]*\",?", "");

        // When
        AgentKafka.of(mallory).send(garbage(timeless.getBytes(StandardCharsets.UTF_8)));

        // Then
        alarms.await(mallory.id(), "unusable");
        passEverything(alice);
    }

    @Test
    void aKeyThatNoDatabaseStoresIsSetAside() throws Exception {
        // When
        AgentKafka.of(mallory)
                .send(wire.sealed(
                        mallory.id(),
                        1,
                        new ProducerRecord<>(
                                Topics.FLEET_REPORTED,
                                mallory.id() + "/\0",
                                "rubbish".getBytes(StandardCharsets.UTF_8))));

        // Then
        alarms.await(mallory.id(), "unreadable");
        passEverything(alice);
    }

    @Test
    void aRecordAsLargeAsATopicTakesIsSetAsideShortened() throws Exception {
        // When
        AgentKafka.of(mallory).send(garbage(new byte[THE_MOST_A_TOPIC_TAKES]));

        // Then
        alarms.await(mallory.id(), "unreadable");
        passEverything(alice);
        await().atMost(PATIENCE).until(() -> wire.records(Topics.DEAD_LETTERS).stream()
                .anyMatch(letter -> letter.key().equals(mallory.id() + "/host") && letter.value().length == 900_000));
    }

    @Test
    void moreDevicesThanAMachineHasAreSetAside() throws Exception {
        // When
        AgentKafka.of(mallory)
                .send(wire.sealed(
                        mallory.id(),
                        Topics.FLEET_REPORTED,
                        wire.envelope(scene.report(mallory.id(), 9, Samples.gpus(mallory.id(), DeviceKind.CPU, 257)))));

        // Then
        alarms.await(mallory.id(), "foreign GPU");
        assertThat(view(mallory.id()).gpus()).hasSize(1);
    }

    @Test
    void inventedNamesRaiseNothingAndFillNothing() {
        // Given
        long before = strangers();
        HostId stranger = HostId.of(UUID.randomUUID());

        // When
        wire.send(wire.sealed(stranger, Topics.FLEET_REPORTED, report(stranger, 1)));
        for (int i = 0; i < 3; i++) {
            HostId another = HostId.of(UUID.randomUUID());
            wire.send(wire.sealed(another, Topics.FLEET_REPORTED, report(another, 1)));
        }

        // Then
        await().atMost(PATIENCE).until(() -> strangers() == before + 4);
        assertThat(database.all(
                        "select host from uplink_incident where reason = 'unknown host'", row -> row.text("host")))
                .containsExactly("");
        assertThat(alarms.of(stranger)).isEmpty();
    }

    @Test
    void anUnreadableEnrolmentIsNotBelieved() throws Exception {
        // Given
        ProducerRecord<String, byte[]> record =
                wire.sealed(mallory.id(), Topics.FLEET_REPORTED, report(mallory.id(), 99));
        record.headers().add(UplinkHeaders.ENROLMENT, "99999999999999999999".getBytes(StandardCharsets.UTF_8));

        // When
        AgentKafka.of(mallory).send(record);

        // Then
        alarms.await(mallory.id(), "not authentic: the record's enrolment header is not a number");
    }

    private Envelope report(HostId host, long generation) {
        return wire.envelope(scene.report(host, generation, Samples.gpus(host, DeviceKind.CPU, 1)));
    }

    /** Bytes that mallory signs as a report of its own. */
    private ProducerRecord<String, byte[]> garbage(byte[] value) {
        return wire.sealed(mallory.id(), 1, new ProducerRecord<>(Topics.FLEET_REPORTED, mallory.id() + "/host", value));
    }

    /** A consumer that was stopped would not take this over. */
    private void passEverything(EnrolledHost host) {
        long generation = view(host.id()).appliedGeneration() + 100;
        for (int slot = 0; slot < 2; slot++) {
            wire.report(scene.report(host.id(), generation, Samples.gpus(host.id(), DeviceKind.CPU, 1)));
        }
        await().atMost(PATIENCE).until(() -> view(host.id()).appliedGeneration() == generation);
    }

    private long strangers() {
        return database.all(
                        "select coalesce(sum(times), 0)::bigint as times from uplink_incident where reason = 'unknown host'",
                        row -> row.number("times"))
                .getFirst();
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}
