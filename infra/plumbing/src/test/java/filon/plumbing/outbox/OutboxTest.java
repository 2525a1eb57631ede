package filon.plumbing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.contracts.value.RentalId;
import filon.plumbing.Database;
import filon.plumbing.RealServers;
import filon.plumbing.UseCase;
import filon.plumbing.Wire;
import filon.plumbing.codec.MessageCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class OutboxTest {
    @Inject
    Outbox outbox;

    @Inject
    UseCase useCase;

    @Inject
    Database database;

    @Inject
    Wire wire;

    private final RentalId rental = RentalId.of(UUID.randomUUID());

    private void say(String reason) {
        outbox.append(Topics.RENTAL_NOTICES, new RentalNotice.Ending(rental, reason));
    }

    private List<ConsumerRecord<String, byte[]>> told(int count) {
        return wire.await(Topics.RENTAL_NOTICES, count, record -> record.key().equals(rental.toString()));
    }

    private static String reason(ConsumerRecord<String, byte[]> record) {
        try {
            return ((RentalNotice.Ending) MessageCodec.decode(record.value()).payload()).reason();
        } catch (filon.plumbing.codec.UnusableMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesNothingOutsideATransaction() {
        assertThatThrownBy(() -> say("alone")).isInstanceOf(RuntimeException.class);
        assertThat(database.list("select key from outbox where key = ?", rental.toString()))
                .isEmpty();
    }

    @Test
    void takesNoRecordThatNoTopicWouldTake() {
        assertThatThrownBy(() -> useCase.run(() -> outbox.appendRecord(
                        Topics.USAGE_QUARANTINE, rental.toString(), Map.of("name", "value"), new byte[1_000_000])))
                .hasMessageContainingAll(Topics.USAGE_QUARANTINE, "1000045", "1000000");
    }

    @Test
    void publishesWhatWasCommittedInItsOrderAndNothingElse() {
        // When
        assertThatThrownBy(() -> useCase.run(() -> {
                    say("rolled back");
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        IntStream.range(0, 100).forEach(i -> useCase.run(() -> say("reason " + i)));

        // Then
        assertThat(told(100))
                .extracting(OutboxTest::reason)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "reason " + i).toList());
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        database.list("select key from outbox where key = ?", rental.toString()))
                .isEmpty());
    }

    @Test
    void sendsAgainWhatItCouldNotNoteAsSent() {
        // Given
        database.run("create or replace function refuse_delete() returns trigger language plpgsql as"
                + " $$ begin raise exception 'the relay dies here'; end $$");
        database.run("create trigger outbox_dies before delete on outbox execute function refuse_delete()");

        // When
        useCase.run(() -> say("once or more"));
        told(2);
        database.run("drop trigger outbox_dies on outbox");

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        database.list("select key from outbox where key = ?", rental.toString()))
                .isEmpty());
        assertThat(told(2).stream().map(OutboxTest::reason).distinct()).containsExactly("once or more");
        assertThat(told(2).stream()
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .distinct())
                .as("copies are the same to the byte, so that their id tells them")
                .hasSize(1);
    }

    @Test
    void aMissingTopicHoldsUpNoOtherAndGetsItsRecordsInOrderOnceItIsThere() throws Exception {
        // Given
        String missing = "agent." + UUID.randomUUID() + ".desired";

        // When
        useCase.run(() -> {
            outbox.appendRecord(missing, "slot", Map.of("name", "value"), new byte[] {1});
            outbox.appendRecord(missing, "slot", Map.of(), new byte[] {2});
            say("goes on");
        });

        // Then
        assertThat(told(1)).extracting(OutboxTest::reason).containsExactly("goes on");
        wire.create(missing, 1);
        List<ConsumerRecord<String, byte[]>> late = wire.await(missing, 2, record -> true);
        assertThat(late).extracting(record -> record.value()[0]).containsSubsequence((byte) 1, (byte) 2);
        assertThat(late.getFirst().headers().lastHeader("name").value())
                .isEqualTo("value".getBytes(StandardCharsets.UTF_8));
    }
}
