package filon.provisioning.enrolment;

import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.authority.TestRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The agents' listener as a host meets it with its key and one of its certificates. */
record AgentKafka(Map<String, Object> access) {
    static AgentKafka of(EnrolledHost host) {
        return of(host, host.identity().certificate());
    }

    static AgentKafka of(EnrolledHost host, String certificate) {
        return new AgentKafka(Map.of(
                "bootstrap.servers",
                String.join(",", host.identity().brokers()),
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                TestRequests.pem(host.pair()),
                "ssl.keystore.certificate.chain",
                certificate,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                host.identity().ca()));
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(access);
        settings.put("max.block.ms", 10_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Reads the topic's partition 0 from its beginning. */
    KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(access, new StringDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    void write(String topic) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            write(producer, topic);
        }
    }

    static void write(KafkaProducer<String, byte[]> producer, String topic)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, "key", new byte[] {1})).get();
    }
}
