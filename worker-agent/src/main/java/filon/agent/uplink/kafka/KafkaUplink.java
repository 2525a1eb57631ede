package filon.agent.uplink.kafka;

import filon.agent.identity.BrokerAccess;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.uplink.Uplink;
import filon.agent.uplink.UplinkRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends with acks from all in-sync replicas and an idempotent producer. A producer that failed for good is replaced at the next
 * record.
 */
public final class KafkaUplink implements Uplink {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;
    private boolean closed;

    /** @param access how the brokers are reached and how this client proves who it is */
    public KafkaUplink(Map<String, Object> access) {
        Map<String, Object> all = new HashMap<>(access);
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        all.put("linger.ms", "5");
        all.put("max.block.ms", "5000");
        all.put("request.timeout.ms", "10000");
        all.put("delivery.timeout.ms", "30000");
        this.settings = Map.copyOf(all);
    }

    /** @param thrift further settings of the client */
    public static KafkaUplink of(Identity identity, HostKey key, Map<String, Object> thrift) {
        Map<String, Object> settings = new HashMap<>(thrift);
        settings.putAll(BrokerAccess.settings(identity, key));
        return new KafkaUplink(settings);
    }

    @Override
    public CompletableFuture<Void> send(UplinkRecord record) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(record.topic(), record.key(), record.value());
        record.headers().forEach(message.headers()::add);
        try {
            KafkaProducer<String, byte[]> current = current();
            current.send(message, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                    return;
                }
                discardUnless(failure instanceof RetriableException, current);
                sent.completeExceptionally(failure);
            });
        } catch (KafkaException | IllegalStateException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void close() {
        KafkaProducer<String, byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
            producer = null;
        }
        if (last != null) {
            last.close(CLOSE_WITHIN);
        }
    }

    private synchronized KafkaProducer<String, byte[]> current() {
        if (closed) {
            throw new IllegalStateException("the uplink is closed");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /** Runs on the producer's own thread, which must not wait for itself to end. */
    private void discardUnless(boolean usable, KafkaProducer<String, byte[]> failed) {
        if (usable) {
            return;
        }
        synchronized (this) {
            if (producer != failed) {
                return;
            }
            producer = null;
        }
        failed.close(Duration.ZERO);
    }
}
