package filon.plumbing.outbox;

import com.fasterxml.jackson.core.type.TypeReference;
import filon.plumbing.codec.MessageCodec;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka, one batch after the other: send all, wait for every answer, delete what was taken, commit.
 *
 * <p>A crash between sending and deleting sends again: consumers drop the second copy by its id. One advisory-locked relay
 * per database works at a time, so that the order per key is the order of the numbers. A topic that takes nothing (it is missing,
 * or may not be written) rests for a while and keeps its order; the others go on.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH_MAX = 500;
    private static final long ONE_RELAY = 0x0F110_0B0CL;
    private static final String SELECT = "select seq, topic, key, headers, value from outbox where topic ";
    private static final String ORDER = " order by seq limit " + BATCH_MAX + " for update";
    private static final String SELECT_BUT = SELECT + "<> all(?)" + ORDER;
    private static final String SELECT_ONLY = SELECT + "= any(?)" + ORDER;

    private final AgroalDataSource dataSource;
    private final Map<String, Object> kafka;
    private final long pollMillis;
    private final RestingTopics resting = new RestingTopics(System::nanoTime);
    private volatile boolean running = true;
    private Thread thread;
    private KafkaProducer<String, byte[]> producer;

    /** A record on its way. */
    private record Sent(long sequence, String topic, Future<RecordMetadata> answer) {}

    OutboxRelay(
            AgroalDataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "filon.outbox.poll-millis", defaultValue = "50") long pollMillis) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.pollMillis = pollMillis;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        if (thread == null) {
            return;
        }
        LockSupport.unpark(thread);
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void loop() {
        String lastFailure = "";
        while (running) {
            try {
                int carried = carryBatch(SELECT_BUT, resting.suspects());
                Optional<String> due = resting.due();
                if (due.isPresent()) {
                    carried += carryBatch(SELECT_ONLY, List.of(due.get()));
                }
                if (!lastFailure.isEmpty()) {
                    LOG.info("outbox relay works again");
                    lastFailure = "";
                }
                if (carried == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pollMillis));
                }
            } catch (SQLException | IOException | RuntimeException e) {
                if (!e.toString().equals(lastFailure)) {
                    LOG.warnf("outbox relay waits: %s", e);
                    lastFailure = e.toString();
                }
                closeProducer();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
        closeProducer();
    }

    private int carryBatch(String select, List<String> topics) throws SQLException, IOException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int carried = isTheRelay(connection) ? carry(connection, select, topics) : 0;
                connection.commit();
                return carried;
            } catch (SQLException | IOException | InterruptedException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private boolean isTheRelay(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, ONE_RELAY);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private int carry(Connection connection, String selected, List<String> topics)
            throws SQLException, IOException, InterruptedException {
        List<Sent> batch = send(connection, selected, topics);
        if (batch.isEmpty()) {
            return 0;
        }
        producer().flush();
        List<Long> taken = new ArrayList<>();
        for (Sent sent : batch) {
            // behind a refused record of its topic nothing is done with, so that the order stays
            if (!resting.isResting(sent.topic()) && isTaken(sent)) {
                taken.add(sent.sequence());
                resting.works(sent.topic());
            }
        }
        delete(connection, taken);
        return taken.size();
    }

    private List<Sent> send(Connection connection, String selected, List<String> topics)
            throws SQLException, IOException, InterruptedException {
        List<Sent> batch = new ArrayList<>();
        Array names = connection.createArrayOf("text", topics.toArray());
        try (PreparedStatement select = connection.prepareStatement(selected)) {
            select.setArray(1, names);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    send(row, batch);
                }
            }
        } finally {
            names.free();
        }
        return batch;
    }

    private void send(ResultSet row, List<Sent> batch) throws SQLException, IOException, InterruptedException {
        String topic = row.getString(2);
        if (resting.isResting(topic)) {
            return;
        }
        ProducerRecord<String, byte[]> record = record(row);
        try {
            Future<RecordMetadata> answer = producer().send(record);
            // what cannot be sent at all has its answer already; each further try would wait as long again
            if (!answer.isDone() || isTaken(new Sent(row.getLong(1), topic, answer))) {
                batch.add(new Sent(row.getLong(1), topic, answer));
            }
        } catch (KafkaException e) {
            rest(topic, e);
        }
    }

    private boolean isTaken(Sent sent) throws InterruptedException {
        try {
            sent.answer().get(30, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            rest(sent.topic(), e.getCause());
        } catch (TimeoutException e) {
            rest(sent.topic(), e);
        }
        return false;
    }

    private void rest(String topic, Throwable why) {
        if (resting.rest(topic)) {
            LOG.warnf("topic %s takes nothing, its messages wait: %s", topic, why);
        }
    }

    private static ProducerRecord<String, byte[]> record(ResultSet row) throws SQLException, IOException {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(row.getString(2), row.getString(3), row.getBytes(5));
        Map<String, String> headers =
                MessageCodec.mapper().readValue(row.getString(4), new TypeReference<Map<String, String>>() {});
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static void delete(Connection connection, List<Long> sequences) throws SQLException {
        if (sequences.isEmpty()) {
            return;
        }
        Array numbers = connection.createArrayOf("bigint", sequences.toArray());
        try (PreparedStatement delete = connection.prepareStatement("delete from outbox where seq = any(?)")) {
            delete.setArray(1, numbers);
            delete.executeUpdate();
        } finally {
            numbers.free();
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4_194_304);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(2));
            producer = null;
        }
    }
}
