package filon.plumbing.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
        if (thread == null) {
            return;
        }
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
                    if (poll(opened)) {
                        lastFailure = "";
                    }
                }
            } catch (WakeupException e) {
                LOG.debugf("%s stops", group);
            } catch (RuntimeException | Error e) {
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

    private boolean poll(KafkaConsumer<String, byte[]> opened) {
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
        return !polled.isEmpty();
    }

    private void handleBatch(List<RawRecord> batch) {
        try {
            transactions.handle(handler, batch);
        } catch (StaleConsumerException e) {
            throw e;
        } catch (RuntimeException | Error e) {
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
            } catch (RuntimeException | Error e) {
                if (Away.isCauseOf(e)) {
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
        polled.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        });
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
            // the database is asked first: what it knows must then be there, however fast the topic grows
            Map<TopicPartition, OptionalLong> stored = new HashMap<>();
            partitions.forEach(
                    one -> stored.put(one, transactions.nextOffset(handler.consumer(), one.topic(), one.partition())));
            Map<TopicPartition, Long> earliest = opened.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
            partitions.forEach(
                    one -> opened.seek(one, position(one, stored.get(one), earliest.get(one), ends.get(one))));
        }

        private long position(TopicPartition partition, OptionalLong stored, long earliest, long end) {
            long next = stored.orElse(earliest);
            if (next < earliest) {
                LOG.errorf(
                        "%s: %s lost its records %d to %d before they were read", group, partition, next, earliest - 1);
                return earliest;
            }
            if (next > end) {
                LOG.errorf(
                        "%s: %s ends at %d, yet was read up to %d: the broker lost records, all are read again",
                        group, partition, end, next);
                transactions.rewind(handler.consumer(), partition.topic(), partition.partition(), next, earliest);
                return earliest;
            }
            return next;
        }
    }
}
