package filon.e2e;

import filon.agent.identity.BrokerAccess;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.contracts.message.Topics;
import filon.local.LocalPlatform;
import filon.testkit.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The platform's broker as a client with given rights meets it. */
record HostKafka(Map<String, Object> access) {
    /** With the key and the certificate that the enrolled host keeps on its disk. */
    static HostKafka asTheAgent(LocalPlatform platform) throws IOException {
        IdentityStore store = new IdentityStore(platform.agentHome());
        return new HostKafka(BrokerAccess.settings(identity(platform), store.key()));
    }

    /** With the key on the host's disk and another certificate for it. */
    static HostKafka asTheAgent(LocalPlatform platform, Identity identity) throws IOException {
        return new HostKafka(BrokerAccess.settings(identity, new IdentityStore(platform.agentHome()).key()));
    }

    /** With the rights of a broker's administrator, who may do everything but sign. */
    static HostKafka asAdministrator(LocalPlatform platform) {
        return asUser(platform, "admin");
    }

    static HostKafka asUser(LocalPlatform platform, String user) {
        String bootstrap = "127.0.0.1:" + platform.ports().kafka();
        return new HostKafka(Map.copyOf(KafkaClients.ofUser(bootstrap, user, LocalPlatform.PASSWORD)));
    }

    static Identity identity(LocalPlatform platform) throws IOException {
        return new IdentityStore(platform.agentHome()).identity().orElseThrow();
    }

    static String desiredTopic(LocalPlatform platform) throws IOException {
        return Topics.desired(identity(platform).hostId());
    }

    /** Everything that is on partition 0 now. */
    List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        Map<String, Object> settings = new HashMap<>(access);
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", "30000");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            do {
                // at least one fetch, even where there is nothing: describing a topic is allowed to more than reading
                // it
                consumer.poll(Duration.ofSeconds(2)).forEach(records::add);
            } while (consumer.position(partition) < end);
            return records;
        }
    }

    void create(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(access)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    /** @throws RuntimeException what the broker answered, when it refuses */
    void write(String topic, String key, byte[] value) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(access);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "false");
        settings.put("max.block.ms", "30000");
        settings.put("delivery.timeout.ms", "40000");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : new IllegalStateException(e.getCause());
        }
    }
}
