package filon.agent.control.kafka;

import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.identity.BrokerAccess;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.contracts.message.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the compacted topic from its beginning at each start, without a consumer group: the host keeps what it believed itself.
 *
 * <p>The consumer reconnects by itself; one that fails for good (refused access, say) is replaced after a pause.
 */
public final class KafkaOrderSource implements OrderSource {
    private static final Logger LOG = Logger.getLogger(KafkaOrderSource.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private final Map<String, Object> settings;
    private final TopicPartition partition;
    private final Consumer<OrderRecord> receiver;
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean closed;
    private volatile boolean connected;

    private KafkaOrderSource(Map<String, Object> settings, TopicPartition partition, Consumer<OrderRecord> receiver) {
        this.settings = Map.copyOf(settings);
        this.partition = partition;
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().name("orders").daemon().unstarted(this::run);
    }

    /** @param thrift further settings of the client */
    public static KafkaOrderSource start(
            Identity identity, HostKey key, Map<String, Object> thrift, Consumer<OrderRecord> receiver) {
        Map<String, Object> access = new HashMap<>(thrift);
        access.putAll(BrokerAccess.settings(identity, key));
        return start(access, new TopicPartition(Topics.desired(identity.hostId()), 0), receiver);
    }

    /** @param access how the brokers are reached and how this client proves who it is */
    public static KafkaOrderSource start(
            Map<String, Object> access, TopicPartition partition, Consumer<OrderRecord> receiver) {
        Map<String, Object> settings = new HashMap<>(access);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", "false");
        KafkaOrderSource source = new KafkaOrderSource(settings, partition, receiver);
        source.thread.start();
        return source;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var fresh = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = fresh;
                follow(fresh);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("The order source was woken to close");
            } catch (KafkaException e) {
                LOG.warnf("Orders cannot be read, the stored ones stay in force: %s", e.getMessage());
            }
            connected = false;
            if (!closed) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> current) {
        current.assign(List.of(partition));
        current.seekToBeginning(List.of(partition));
        while (!closed) {
            ConsumerRecords<String, byte[]> records = current.poll(POLL);
            connected = current.currentLag(partition).isPresent();
            records.forEach(record -> receiver.accept(
                    new OrderRecord(record.offset(), record.key(), Optional.ofNullable(record.value()))));
        }
    }
}
