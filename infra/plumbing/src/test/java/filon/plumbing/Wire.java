package filon.plumbing;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker as somebody else meets it. */
@ApplicationScoped
public class Wire {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private final Map<String, Object> settings;

    Wire(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        this.settings = settings;
    }

    public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(settings))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    public void write(String topic, String key, byte[] value) throws ExecutionException, InterruptedException {
        write(topic, key, List.of(value));
    }

    public void write(String topic, String key, List<byte[]> values) throws ExecutionException, InterruptedException {
        send(values.stream()
                .map(value -> new ProducerRecord<>(topic, key, value))
                .toList());
    }

    public void send(List<ProducerRecord<String, byte[]>> records) throws ExecutionException, InterruptedException {
        Map<String, Object> withBatches = new HashMap<>(settings);
        withBatches.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(withBatches, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            records.forEach(record -> answers.add(producer.send(record)));
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
        }
    }

    /** Reads a topic from its beginning until enough records fit. */
    public List<ConsumerRecord<String, byte[]>> await(
            String topic, int count, Predicate<ConsumerRecord<String, byte[]>> fits) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(new HashMap<>(settings), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (found.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (fits.test(record)) {
                        found.add(record);
                    }
                });
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(found.size() + " of " + count + " records on " + topic + " within 60 s");
                }
            }
            return found;
        }
    }
}
