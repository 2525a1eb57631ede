package filon.plumbing.inbox;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** One thread that reads the topics of one handler; the offsets in the database are the truth. */
final class TopicConsumer {
    private static final Logger LOG = Logger.getLogger(TopicConsumer.class);
    private static final int TRIES_MAX = 3;
    private static final int BATCH_MAX = 500;
    private static final Set<String> TRANSIENT_STATES = Set.of("08", "40", "53", "55", "57", "58");

    private final String group;
    private final RecordHandler handler;
    private final RecordTransactions transactions;
    private final Map<String, Object> kafka;
    private volatile boolean running = true;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private Thread thread;

    TopicConsumer(
            String application, RecordHandler handler, RecordTransactions transactions, Map<String, Object> kafka) {
        this.group = application + "." + handler.consumer();
        this.handler = handler;
        this.transactions = transactions;
        this.kafka = kafka;
    }

    void start() {
        thread = Thread.ofPlatform()
                .name("consumer-" + handler.consumer())
                .daemon()
                .start(this::loop);
    }

    void askToStop() {
        running = false;
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    void awaitStop() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        String lastFailure = "";
        while (running) {
            try (KafkaConsumer<String, byte[]> opened = open()) {
                consumer = opened;
                opened.subscribe(handler.topics(), new SeekToDatabase(opened));
                while (running) {
                    poll(opened);
                    lastFailure = "";
                }
            } catch (WakeupException e) {
                LOG.debugf("%s stops", group);
            } catch (RuntimeException e) {
                if (!e.toString().equals(lastFailure)) {
                    LOG.warnf("%s starts over: %s", group, e);
                    lastFailure = e.toString();
                }
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void poll(KafkaConsumer<String, byte[]> opened) {
        ConsumerRecords<String, byte[]> polled = opened.poll(Duration.ofMillis(500));
        for (TopicPartition partition : polled.partitions()) {
            handleBatch(
                    polled.records(partition).stream().map(TopicConsumer::raw).toList());
        }
        if (!polled.isEmpty()) {
            opened.commitAsync((offsets, failure) -> {
                if (failure != null) {
                    LOG.debugf("%s: offsets for lag dashboards not committed: %s", group, failure);
                }
            });
        }
    }

    private void handleBatch(List<RawRecord> batch) {
        try {
            transactions.handle(handler, batch);
        } catch (StaleConsumerException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s handles a batch of %d one by one", group, batch.size());
            batch.forEach(this::handleOne);
        }
    }

    private void handleOne(RawRecord record) {
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.handle(handler, List.of(record));
                return;
            } catch (StaleConsumerException e) {
                throw e;
            } catch (RuntimeException e) {
                if (isTransient(e)) {
                    throw new KafkaException("a part that " + group + " needs is away: " + rootOf(e), e);
                }
                LOG.warnf(
                        e,
                        "%s failed on %s/%d/%d, try %d of %d",
                        group,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        attempt,
                        TRIES_MAX);
                if (attempt == TRIES_MAX) {
                    transactions.giveUp(handler.consumer(), record, rootOf(e).toString());
                    return;
                }
            }
        }
    }

    /** Whether the database was away rather than the record at fault; then the record waits, however long. */
    private static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof java.io.IOException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || TRANSIENT_STATES.contains(state.substring(0, 2));
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void pause() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }

    private static RawRecord raw(ConsumerRecord<String, byte[]> polled) {
        Map<String, byte[]> headers = new HashMap<>();
        polled.headers().forEach(header -> headers.put(header.key(), header.value()));
        return new RawRecord(
                polled.topic(), polled.partition(), polled.offset(), polled.key(), Map.copyOf(headers), polled.value());
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH_MAX);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** On assignment the database says where to go on, not Kafka. */
    private final class SeekToDatabase implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> opened;

        SeekToDatabase(KafkaConsumer<String, byte[]> opened) {
            this.opened = opened;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // nothing is kept in memory: every batch has committed or rolled back
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> earliest = opened.beginningOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long first = earliest.get(partition);
                OptionalLong stored =
                        transactions.nextOffset(handler.consumer(), partition.topic(), partition.partition());
                if (stored.isPresent() && stored.getAsLong() < first) {
                    LOG.errorf(
                            "%s: %s lost its records %d to %d before they were read",
                            group, partition, stored.getAsLong(), first - 1);
                }
                opened.seek(partition, Math.max(first, stored.orElse(first)));
            }
        }
    }
}
