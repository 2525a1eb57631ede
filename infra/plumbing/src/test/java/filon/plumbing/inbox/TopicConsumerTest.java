package filon.plumbing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Topics;
import filon.plumbing.Database;
import filon.plumbing.RealServers;
import filon.plumbing.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers that a test starts and stops itself, each on a topic of its own. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class TopicConsumerTest {
    @Inject
    RecordTransactions transactions;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Inject
    Database database;

    @Inject
    Wire wire;

    private final String name = "batches-" + UUID.randomUUID();
    private final String topic = "test." + name;
    private final List<TopicConsumer> started = new ArrayList<>();
    private SampleBatches handler;

    @BeforeEach
    void createHandler() {
        handler = new SampleBatches(name, topic, database);
    }

    @AfterEach
    void stopAll() {
        started.forEach(TopicConsumer::askToStop);
        started.forEach(TopicConsumer::awaitStop);
    }

    private TopicConsumer start() {
        TopicConsumer consumer = new TopicConsumer("plumbing", handler, transactions, kafka);
        started.add(consumer);
        consumer.start();
        return consumer;
    }

    private void stop(TopicConsumer consumer) {
        consumer.askToStop();
        consumer.awaitStop();
        started.remove(consumer);
    }

    private void write(List<String> texts) throws Exception {
        wire.write(
                topic,
                "key",
                texts.stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void awaitEffects(List<String> expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handler.effects()).containsExactlyElementsOf(expected));
    }

    private void noteOffset(long next) {
        database.run(
                "insert into consumer_offset(consumer, topic, part, next_offset) values (?, ?, 0, ?)",
                name,
                topic,
                next);
    }

    private List<String> notedOffset() {
        return database.list("select next_offset from consumer_offset where consumer = ?", name);
    }

    @Test
    void handlesRecordsThatLieReadyInOneBatch() throws Exception {
        // Given
        wire.create(topic, 1);
        write(numbers(0, 40));

        // When
        start();

        // Then
        awaitEffects(numbers(0, 40));
        assertThat(handler.sizes()).containsExactly(40);
        assertThat(notedOffset()).containsExactly("40");
    }

    @Test
    void onePoisonRecordCostsItsBatchNothing() throws Exception {
        // Given
        wire.create(topic, 1);
        write(Stream.of(numbers(0, 3), List.of(SampleBatches.POISON), numbers(3, 5))
                .flatMap(List::stream)
                .toList());

        // When
        start();

        // Then
        awaitEffects(numbers(0, 5));
        assertThat(handler.sizes())
                .as("all at once, then one by one, the poison three times")
                .containsExactly(6, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(wire.await(Topics.DEAD_LETTERS, 1, record -> new String(
                                record.headers().lastHeader("filon-origin").value(), StandardCharsets.UTF_8)
                        .equals(topic + "/0/3")))
                .hasSize(1);
    }

    @Test
    void goesOnWhereTheDatabaseSaysAndNotWhereKafkaSays() throws Exception {
        // Given
        wire.create(topic, 1);
        write(numbers(0, 10));
        noteOffset(7);

        // When
        start();

        // Then
        awaitEffects(numbers(7, 10));
    }

    @Test
    void goesOnWhenTheBrokerLostWhatTheDatabaseKnows() throws Exception {
        // Given
        wire.create(topic, 1);
        write(numbers(0, 3));
        noteOffset(1_000);

        // When
        start();
        awaitEffects(numbers(0, 3));
        write(numbers(3, 5));

        // Then
        awaitEffects(numbers(0, 5));
        assertThat(notedOffset()).containsExactly("5");
    }

    @Test
    void handsPartitionsOverWithoutLossOrRepetition() throws Exception {
        // Given
        wire.create(topic, 2);
        TopicConsumer first = start();
        write(numbers(0, 50));
        awaitEffects(numbers(0, 50));

        // When
        start();
        write(numbers(50, 100));
        awaitEffects(numbers(0, 100));
        stop(first);
        write(numbers(100, 150));

        // Then
        awaitEffects(numbers(0, 150));
    }

    @Test
    void letsNobodyHandleWhatAnotherHasHandled() throws Exception {
        // Given
        noteOffset(8);
        RawRecord old = new RawRecord(topic, 0, 7, "key", Map.of(), new byte[] {'x'});

        // When, Then
        assertThatThrownBy(() -> transactions.handle(handler, List.of(old))).isInstanceOf(StaleConsumerException.class);
        assertThatThrownBy(() -> transactions.giveUp(name, old, "reason")).isInstanceOf(StaleConsumerException.class);
        assertThat(handler.effects()).isEmpty();
    }

    @Test
    void stopsAlsoBeforeItStarted() {
        TopicConsumer never = new TopicConsumer("plumbing", handler, transactions, kafka);

        never.askToStop();
        never.awaitStop();

        assertThat(handler.sizes()).isEmpty();
    }
}
