package filon.plumbing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.Database;
import filon.plumbing.RealServers;
import filon.plumbing.Wire;
import filon.plumbing.codec.MessageCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class InboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    SampleHandler handler;

    @Inject
    Database database;

    @Inject
    Wire wire;

    private final RentalId rental = RentalId.of(UUID.randomUUID());

    @BeforeEach
    void calm() {
        handler.begin(false);
    }

    private byte[] message(UUID id, String reason) {
        return MessageCodec.encode(Envelope.of(
                id,
                Instant.parse("2026-01-01T00:00:00Z"),
                "provisioning",
                1,
                new LeaseNotice.Ended(
                        rental, new LeaseId(UUID.randomUUID()), 1, Instant.parse("2026-01-01T00:00:00Z"), reason)));
    }

    private void write(byte[] value) throws Exception {
        wire.write(Topics.LEASE_NOTICES, rental.toString(), value);
    }

    private List<String> effects() {
        return database.list("select what from effect where what like ? order by id", rental + "%").stream()
                .map(what -> what.substring(what.indexOf(' ') + 1))
                .toList();
    }

    private void awaitEffects(String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(effects()).containsExactly(expected));
    }

    private ConsumerRecord<String, byte[]> buried(String key) {
        return wire.await(Topics.DEAD_LETTERS, 1, record -> record.key().equals(key))
                .getFirst();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aMessageHasItsEffectOnceHoweverOftenItComes() throws Exception {
        // Given
        byte[] twice = message(UUID.randomUUID(), "first");

        // When
        write(twice);
        write(twice);
        write(message(UUID.randomUUID(), "second"));
        write(twice);
        write(message(UUID.randomUUID(), "third"));

        // Then
        awaitEffects("first", "second", "third");
    }

    @Test
    void poisonIsTriedThreeTimesLeavesNoEffectAndStopsNobody() throws Exception {
        // When
        write(message(UUID.randomUUID(), SampleHandler.POISON));
        write(message(UUID.randomUUID(), "after it"));

        // Then
        awaitEffects("after it");
        ConsumerRecord<String, byte[]> letter = buried(rental.toString());
        assertThat(header(letter, UplinkHeaders.REASON)).contains("sample", "no cure");
        assertThat(header(letter, UplinkHeaders.ORIGIN)).startsWith(Topics.LEASE_NOTICES + "/");
        assertThat(handler.tries()).isBetween(3, 4);
    }

    @Test
    void whatIsNoMessageIsBuriedByteForByte() throws Exception {
        // When
        write("nonsense".getBytes(StandardCharsets.UTF_8));
        write(message(UUID.randomUUID(), "after it"));

        // Then
        awaitEffects("after it");
        assertThat(buried(rental.toString()).value()).isEqualTo("nonsense".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeyThatNoDatabaseStoresStopsNobody() throws Exception {
        // When
        wire.write(Topics.LEASE_NOTICES, "nul\u0000key " + rental, new byte[] {1});
        write(message(UUID.randomUUID(), "after it"));

        // Then
        awaitEffects("after it");
        assertThat(buried("nul\uFFFDkey " + rental).value()).isEqualTo(new byte[] {1});
    }

    @ParameterizedTest
    @ValueSource(strings = {SampleHandler.BROKEN_INSIDE, SampleHandler.NEVER_ENDS})
    void noWayToFailStopsAConsumer(String failure) throws Exception {
        // When
        write(message(UUID.randomUUID(), failure));
        write(message(UUID.randomUUID(), "after it"));

        // Then
        awaitEffects("after it");
        assertThat(header(buried(rental.toString()), UplinkHeaders.REASON)).contains("sample");
    }

    @Test
    void aHeaderWithoutAValueStopsNobody() throws Exception {
        // Given
        ProducerRecord<String, byte[]> odd = new ProducerRecord<>(
                Topics.LEASE_NOTICES, rental.toString(), message(UUID.randomUUID(), "with an odd header"));
        odd.headers().add("nothing", null);

        // When
        wire.send(List.of(odd));

        // Then
        awaitEffects("with an odd header");
    }

    @Test
    void aRecordThatFillsItsTopicIsBuriedShortenedWithItsSize() throws Exception {
        // Given
        byte[] large = new byte[1_048_000];
        Arrays.fill(large, (byte) 'x');

        // When
        write(large);
        write(message(UUID.randomUUID(), "after it"));

        // Then
        awaitEffects("after it");
        ConsumerRecord<String, byte[]> letter = buried(rental.toString());
        assertThat(letter.value()).hasSizeLessThan(1_000_000).startsWith("xxx".getBytes(StandardCharsets.UTF_8));
        assertThat(header(letter, UplinkHeaders.REASON)).contains("1048000");
    }

    @Test
    void aRecordWaitsForAPartThatIsAway() throws Exception {
        // Given
        handler.begin(true);

        // When
        write(message(UUID.randomUUID(), SampleHandler.NEEDS_A_PART));
        await().atMost(PATIENCE).until(() -> handler.tries() > 4);
        List<String> meanwhile = effects();
        handler.partIsBack();

        // Then
        awaitEffects(SampleHandler.NEEDS_A_PART);
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void theOffsetLiesBesideTheEffect() throws Exception {
        // When
        write(message(UUID.randomUUID(), "noted"));
        awaitEffects("noted");

        // Then
        long last = wire.await(Topics.LEASE_NOTICES, 1, record -> record.key().equals(rental.toString()))
                .getLast()
                .offset();
        assertThat(database.list(
                        "select next_offset from consumer_offset where consumer = 'sample' and next_offset > ?", last))
                .isNotEmpty();
    }
}
