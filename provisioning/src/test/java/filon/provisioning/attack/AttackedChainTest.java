package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetEvent.AgentStarted;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.uplink.UplinkKeys;
import filon.plumbing.uplink.UplinkLink;
import filon.provisioning.AgentKafka;
import filon.provisioning.MovableClock;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.authority.TestRequests;
import filon.provisioning.fleet.Fleet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody else tells of a host, takes away from what it told, or tells with a copy of its key. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedChainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    UplinkKeys keys;

    @Inject
    MovableClock clock;

    @Inject
    Alarms alarms;

    private EnrolledHost alice;

    @BeforeEach
    void enrol() {
        scene.clear();
        alice = scene.enrol("alice");
    }

    @Test
    void aForgedCopyThatComesFirstDoesNotSilenceAnEvent() throws Exception {
        // Given
        EnrolledHost mallory = scene.enrol("mallory");
        Envelope genuine = wire.envelope(started(alice, "of alice"));
        byte[] value = MessageCodec.encode(genuine);
        String key = genuine.payload().key();
        byte[] ownKey = HexFormat.of().parseHex(mallory.identity().uplinkKey());
        ProducerRecord<String, byte[]> forged = Wire.claimed(
                alice.id(),
                1,
                new ProducerRecord<>(Topics.FLEET_EVENTS, key, value),
                UplinkKeys.mac(ownKey, Topics.FLEET_EVENTS, key, value));

        // When
        AgentKafka.of(mallory).send(forged);
        wire.uplink(alice.id(), Topics.FLEET_EVENTS, genuine);

        // Then
        await().atMost(PATIENCE).until(() -> versions(alice).contains("of alice"));
        alarms.await(alice.id(), "not authentic");
    }

    @Test
    void whatIsNoEventIsSetAside() throws Exception {
        // When
        AgentKafka.of(alice)
                .send(wire.sealed(
                        alice.id(),
                        1,
                        new ProducerRecord<>(Topics.FLEET_EVENTS, alice.id().toString(), new byte[] {'{', 0})));

        // Then
        alarms.await(alice.id(), "unreadable");
    }

    @Test
    void anEventThatWasTakenAwayIsMissed() {
        // Given
        Told first = told(alice, UplinkLink.first(alice.id(), 1, 7), "first");
        Told second = told(alice, first.next(), "second");
        Told third = told(alice, second.next(), "third");

        // When
        wire.send(first.record());
        wire.send(third.record());

        // Then
        alarms.await(alice.id(), "UPLINK_GAP events 2 to 2 of incarnation 7 have not come");
        await().atMost(PATIENCE).until(() -> versions(alice).containsAll(List.of("first", "third")));
    }

    @Test
    void anEventThatTheUplinkKeyAloneSealedIsNotBelieved() {
        // Given
        EnrolledHost thief = new EnrolledHost(alice.identity(), TestRequests.pair());

        // When
        Told forged = told(thief, UplinkLink.first(alice.id(), 1, 7), "forged");
        wire.send(forged.record());

        // Then
        alarms.await(alice.id(), "not chained: its place in the chain is not signed");
        assertThat(keys.refusal(
                        Topics.FLEET_EVENTS,
                        forged.record().key(),
                        headers(forged.record()),
                        forged.record().value()))
                .as("the MAC does not speak against it")
                .isEmpty();
        assertThat(versions(alice)).isEmpty();
    }

    @Test
    void anEventBesideTheChainIsNotBelieved() {
        // Given
        wire.send(told(alice, UplinkLink.first(alice.id(), 1, 7), "chained").record());

        // When
        wire.tell(started(alice, "beside it"));

        // Then
        alarms.await(alice.id(), "not chained: it has no place in the chain");
        assertThat(versions(alice)).containsExactly("chained");
    }

    @Test
    void whileItsHostDoesNotChainAnEventWithTheRightMacIsBelieved() {
        // When
        wire.tell(started(alice, "with a MAC alone"));

        // Then
        await().atMost(PATIENCE).until(() -> versions(alice).contains("with a MAC alone"));
    }

    @Test
    void aCopyOfAHostThatTellsAnotherStoryQuarantinesIt() {
        // Given
        UplinkLink begin = UplinkLink.first(alice.id(), 1, 7);
        wire.send(told(alice, begin, "the host").record());
        await().atMost(PATIENCE).until(() -> versions(alice).contains("the host"));

        // When
        wire.send(told(alice, begin, "its copy").record());

        // Then
        alarms.await(alice.id(), "TWO_AGENTS in the events of incarnation 7 two records are number 1");
        assertThat(fleet.find(alice.id()).orElseThrow().state()).isEqualTo("Quarantined");
        assertThat(versions(alice)).containsExactly("the host");
    }

    @Test
    void aReplayedEventIsHeardOnce() {
        // Given
        Told first = told(alice, UplinkLink.first(alice.id(), 1, 7), "first");
        Told second = told(alice, first.next(), "second");

        // When
        wire.send(first.record());
        wire.send(first.record());
        wire.send(second.record());

        // Then
        await().atMost(PATIENCE).until(() -> versions(alice).contains("second"));
        assertThat(versions(alice)).containsExactlyInAnyOrder("first", "second");
        assertThat(alarms.of(alice.id())).isEmpty();
    }

    /** An event with its place in a chain. */
    private record Told(UplinkLink link, ProducerRecord<String, byte[]> record) {
        UplinkLink next() {
            return link.next(link.sha256(record.topic(), record.key(), record.value()));
        }
    }

    private Told told(EnrolledHost host, UplinkLink link, String version) {
        ProducerRecord<String, byte[]> record =
                wire.sealed(host.id(), Topics.FLEET_EVENTS, wire.envelope(started(host, version)));
        String sha256 = link.sha256(record.topic(), record.key(), record.value());
        record.headers()
                .add(UplinkHeaders.LINK, link.header())
                .add(UplinkHeaders.SIGNATURE, TestRequests.sign(host.pair(), UplinkLink.signedBytes(sha256)));
        return new Told(link, record);
    }

    private AgentStarted started(EnrolledHost host, String version) {
        return new AgentStarted(host.id(), clock.instant(), 7, version, 0);
    }

    /** Of the agents that the host's story tells of. */
    private List<String> versions(EnrolledHost host) {
        return fleet.find(host.id()).orElseThrow().events().stream()
                .filter(line -> line.kind().equals("AgentStarted"))
                .map(line -> line.detail().replaceFirst("version (.*), life .*", "$1"))
                .toList();
    }

    private static Map<String, byte[]> headers(ProducerRecord<String, byte[]> record) {
        Map<String, byte[]> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}
