package filon.provisioning;

import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.authority.TestRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The agents' listener as a host meets it with its key and one of its certificates. */
public record AgentKafka(Map<String, Object> access) {
    public static AgentKafka of(EnrolledHost host) {
        return of(host, host.identity().certificate());
    }

    public static AgentKafka of(EnrolledHost host, String certificate) {
        return of(host, TestRequests.pem(host.pair()), certificate);
    }

    /**
     * As whoever has this key and this certificate.
     *
     * @param host whose brokers and authority are meant
     * @param certificates PEM, the own one first
     */
    public static AgentKafka of(EnrolledHost host, String key, String certificates) {
        return new AgentKafka(Map.of(
                "bootstrap.servers",
                String.join(",", host.identity().brokers()),
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                key,
                "ssl.keystore.certificate.chain",
                certificates,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                host.identity().ca()));
    }

    public KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(access);
        settings.put("max.block.ms", 10_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Reads the topic's partition 0 from its beginning. */
    public KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(access, new StringDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    public void write(String topic) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            write(producer, topic);
        }
    }

    /** @return where it lies on its topic */
    public RecordMetadata send(ProducerRecord<String, byte[]> record) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            return producer.send(record).get();
        }
    }

    public static void write(KafkaProducer<String, byte[]> producer, String topic)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, "key", new byte[] {1})).get();
    }
}
