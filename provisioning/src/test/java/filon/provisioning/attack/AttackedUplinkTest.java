package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.uplink.UplinkKeys;
import filon.provisioning.AgentKafka;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.database.Database;
import filon.provisioning.enrolment.Revocations;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Hosts;
import filon.provisioning.standing.Actor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a compromised agent, or whoever rules the broker, writes to the topics that all hosts share. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedUplinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Hosts hosts;

    @Inject
    UplinkKeys keys;

    @Inject
    Database database;

    @Inject
    Revocations revocations;

    @Inject
    MovableClock clock;

    @Inject
    Alarms alarms;

    private EnrolledHost mallory;
    private EnrolledHost alice;

    @BeforeEach
    void enrol() {
        scene.clear();
        mallory = scene.reporting("mallory", DeviceKind.CPU, 1);
        alice = scene.reporting("alice", DeviceKind.CPU, 1);
    }

    @Test
    void aHostCannotReportForAnother() throws Exception {
        // When
        AgentKafka.of(mallory).send(underTheNameOf(alice.id(), mallory, report(alice.id(), 99)));

        // Then
        alarms.await(alice.id(), "not authentic: the record's MAC is not that of host " + alice.id());
        assertThat(view(alice.id()).appliedGeneration()).isZero();
    }

    @Test
    void withTheKeyOfTheOtherHostTheForgedReportIsBelieved() throws Exception {
        // When
        AgentKafka.of(mallory).send(wire.sealed(alice.id(), Topics.FLEET_REPORTED, report(alice.id(), 99)));

        // Then
        await().atMost(PATIENCE).until(() -> view(alice.id()).appliedGeneration() == 99);
    }

    @Test
    void aHostCannotNameAnotherInWhatItSignsAsItself() throws Exception {
        // When
        Envelope forged = report(alice.id(), 99);
        AgentKafka.of(mallory)
                .send(wire.sealed(
                        mallory.id(),
                        1,
                        new ProducerRecord<>(
                                Topics.FLEET_REPORTED, mallory.id() + "/host", MessageCodec.encode(forged))));

        // Then
        alarms.await(mallory.id(), "another host's: the report names host " + alice.id());
        assertThat(view(alice.id()).appliedGeneration()).isZero();
    }

    @Test
    void aHostCannotClaimTheDevicesOfAnother() throws Exception {
        // When
        AgentKafka.of(mallory)
                .send(wire.sealed(
                        mallory.id(),
                        Topics.FLEET_REPORTED,
                        wire.envelope(scene.report(mallory.id(), 7, Samples.gpus(alice.id(), DeviceKind.CPU, 1)))));

        // Then
        alarms.await(mallory.id(), "foreign GPU");
        assertThat(view(mallory.id()).appliedGeneration()).isZero();
        assertThat(view(alice.id()).gpus()).hasSize(1);
    }

    @Test
    void whoAsksNobodyWhoseDeviceItIsBelievesTheReport() {
        // Given
        HostReported report = scene.report(mallory.id(), 7, Samples.gpus(alice.id(), DeviceKind.CPU, 1));
        Envelope envelope = wire.envelope(report);
        ProducerRecord<String, byte[]> record = wire.sealed(mallory.id(), Topics.FLEET_REPORTED, envelope);

        // Then
        assertThat(keys.refusal(record.topic(), record.key(), headers(record), record.value()))
                .isEmpty();
        assertThat(hosts.reported(report)).isTrue();
        assertThat(view(mallory.id()).appliedGeneration()).isEqualTo(7);
    }

    @Test
    void aHostCannotEndTheWorkOfAnother() throws Exception {
        // Given
        RentalId rental = Samples.rental();
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        await().atMost(PATIENCE).until(() -> wire.notices(rental, Granted.class).size() == 1);
        Granted granted = wire.notices(rental, Granted.class).getFirst();
        HostId other = granted.hostId().equals(alice.id()) ? mallory.id() : alice.id();
        Granted stolen = new Granted(
                rental,
                granted.customerId(),
                granted.leaseId(),
                granted.epoch(),
                other,
                granted.gpuIds(),
                granted.grantedAt(),
                granted.authorisedUntil());

        // When
        AgentKafka.of(mallory)
                .send(wire.sealed(
                        other,
                        Topics.FLEET_REPORTED,
                        wire.envelope(scene.workload(stolen, WorkloadState.STOPPED, "asked by nobody"))));

        // Then
        alarms.await(other, "contradiction: lease " + granted.leaseId() + " is not on host " + other);
    }

    @Test
    void aRecordThatWasMovedToAnotherTopicIsNotBelieved() {
        // Given
        ProducerRecord<String, byte[]> genuine =
                wire.sealed(alice.id(), Topics.FLEET_TELEMETRY, report(alice.id(), 99));

        // When
        wire.send(new ProducerRecord<>(Topics.FLEET_REPORTED, null, genuine.key(), genuine.value(), genuine.headers()));

        // Then
        alarms.await(alice.id(), "not authentic");
        assertThat(view(alice.id()).appliedGeneration()).isZero();
    }

    @Test
    void aRecordThatWasChangedOnItsWayIsNotBelieved() {
        // Given
        ProducerRecord<String, byte[]> genuine = wire.sealed(alice.id(), Topics.FLEET_REPORTED, report(alice.id(), 9));
        byte[] changed = new String(genuine.value(), StandardCharsets.UTF_8)
                .replace("\"generation\":9", "\"generation\":8")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(changed).isNotEqualTo(genuine.value());

        // When
        wire.send(new ProducerRecord<>(genuine.topic(), null, genuine.key(), changed, genuine.headers()));

        // Then
        alarms.await(alice.id(), "not authentic");
    }

    @Test
    void aReplayedReportDoesNotTurnAHostBack() throws Exception {
        // Given
        ProducerRecord<String, byte[]> older = wire.sealed(alice.id(), Topics.FLEET_REPORTED, report(alice.id(), 1));
        wire.send(older);
        await().atMost(PATIENCE).until(() -> view(alice.id()).appliedGeneration() == 1);
        wire.send(wire.sealed(alice.id(), Topics.FLEET_REPORTED, report(alice.id(), 2)));
        await().atMost(PATIENCE).until(() -> view(alice.id()).appliedGeneration() == 2);

        // When
        RecordMetadata replayed = AgentKafka.of(mallory)
                .send(new ProducerRecord<>(older.topic(), null, older.key(), older.value(), older.headers()));

        // Then
        await().atMost(PATIENCE).until(() -> hasRead(replayed));
        assertThat(view(alice.id()).appliedGeneration()).isEqualTo(2);
        assertThat(alarms.of(alice.id())).isEmpty();
    }

    @Test
    void whereNothingNewerIsKnownAReplayedReportIsBelieved() {
        // Given
        ProducerRecord<String, byte[]> older = wire.sealed(alice.id(), Topics.FLEET_REPORTED, report(alice.id(), 1));
        hosts.reported(scene.report(alice.id(), 2, Samples.gpus(alice.id(), DeviceKind.CPU, 1)));
        database.write(
                "update host_liveness set reported_at = reported_at - interval '1 minute' where host_id = ?",
                alice.id().value());

        // When
        wire.send(older);

        // Then
        await().atMost(PATIENCE).until(() -> view(alice.id()).appliedGeneration() == 1);
    }

    @Test
    void theWordOfARevokedHostIsWorthNothing() {
        // Given
        revocations.revoke(mallory.id(), "stolen", Actor.person("ola"));
        ProducerRecord<String, byte[]> record =
                wire.sealed(mallory.id(), Topics.FLEET_REPORTED, report(mallory.id(), 99));

        // When
        wire.send(record);

        // Then
        alarms.await(mallory.id(), "identity not in force");
        assertThat(view(mallory.id()).appliedGeneration()).isZero();
        assertThat(keys.refusal(record.topic(), record.key(), headers(record), record.value()))
                .as("nothing but the identity speaks against it")
                .isEmpty();
    }

    @Test
    void whereARevocationIsForgottenTheSameWordIsBelieved() {
        // Given
        revocations.revoke(mallory.id(), "stolen", Actor.person("ola"));
        database.write(
                "update host_identity set revoked_at = null where host_id = ?",
                mallory.id().value());

        // When
        wire.send(wire.sealed(mallory.id(), Topics.FLEET_REPORTED, report(mallory.id(), 99)));

        // Then
        await().atMost(PATIENCE).until(() -> view(mallory.id()).appliedGeneration() == 99);
    }

    @Test
    void aTombstoneTakesNothingAwayAndIsNoticed() throws Exception {
        // Given
        ProducerRecord<String, byte[]> tombstone =
                new ProducerRecord<>(Topics.FLEET_REPORTED, alice.id() + "/host", null);
        tombstone.headers().add(UplinkHeaders.HOST, alice.id().toString().getBytes(StandardCharsets.UTF_8));

        // When
        AgentKafka.of(mallory).send(tombstone);

        // Then
        alarms.await(alice.id(), "not authentic: the record has no host, MAC, key or value");
        assertThat(view(alice.id()).connectivity()).isEqualTo(Connectivity.ONLINE);
    }

    @Test
    void aReportFromTheFutureKeepsNobodyOnline() {
        // Given
        HostReported early = scene.report(mallory.id(), 3, Samples.gpus(mallory.id(), DeviceKind.CPU, 1));
        HostReported tomorrow = new HostReported(
                early.hostId(),
                early.incarnation(),
                early.generation(),
                early.agentVersion(),
                early.at().plus(Duration.ofDays(1)),
                early.gpus());
        wire.report(tomorrow);
        await().atMost(PATIENCE).until(() -> view(mallory.id()).appliedGeneration() == 3);

        // When
        clock.advance(Duration.ofSeconds(90));

        // Then
        await().atMost(PATIENCE).until(() -> view(mallory.id()).connectivity() == Connectivity.OFFLINE);
    }

    @Test
    void byItsOwnClockAHostOfTomorrowIsOnline() {
        Instant now = clock.instant();

        assertThat(Connectivity.at(now.plus(Duration.ofDays(1)), now.plusSeconds(90)))
                .isEqualTo(Connectivity.ONLINE);
    }

    private Envelope report(HostId host, long generation) {
        return wire.envelope(scene.report(host, generation, Samples.gpus(host, DeviceKind.CPU, 1)));
    }

    /** What claims to be the victim's, with the only MAC that the attacker can make: its own. */
    private static ProducerRecord<String, byte[]> underTheNameOf(
            HostId victim, EnrolledHost attacker, Envelope envelope) {
        String topic = Topics.FLEET_REPORTED;
        String key = envelope.payload().key();
        byte[] value = MessageCodec.encode(envelope);
        byte[] own = HexFormat.of().parseHex(attacker.identity().uplinkKey());
        return Wire.claimed(victim, 1, new ProducerRecord<>(topic, key, value), UplinkKeys.mac(own, topic, key, value));
    }

    /** Whether the consumer of reports has gone past a record. */
    private boolean hasRead(RecordMetadata record) {
        return database.first(
                        "select next_offset from consumer_offset where consumer = 'fleet-reported' and topic = ? and part = ?",
                        row -> row.number("next_offset") > record.offset(),
                        record.topic(),
                        record.partition())
                .orElse(false);
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }

    private static Map<String, byte[]> headers(ProducerRecord<String, byte[]> record) {
        Map<String, byte[]> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}
