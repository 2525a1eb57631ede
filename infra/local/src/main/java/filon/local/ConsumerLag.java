package filon.local;

import filon.testkit.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far a group of consumers is behind what lies on its topics. */
final class ConsumerLag implements AutoCloseable {
    private static final int ANSWER_WITHIN_SECONDS = 20;
    private final Admin admin;
    private final String group;

    ConsumerLag(Ports ports, String group) {
        this.admin = Admin.create(
                new HashMap<>(KafkaClients.ofUser("127.0.0.1:" + ports.kafka(), "admin", LocalPlatform.PASSWORD)));
        this.group = group;
    }

    /** Records over all partitions. */
    long records() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> wanted =
                read.keySet().stream().collect(Collectors.toMap(Function.identity(), part -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                answer(admin.listOffsets(wanted).all());
        return read.entrySet().stream()
                .mapToLong(entry -> Math.max(
                        0, ends.get(entry.getKey()).offset() - entry.getValue().offset()))
                .sum();
    }

    private static <T> T answer(KafkaFuture<T> asked) throws IOException, InterruptedException {
        try {
            return asked.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the broker cannot tell the lag: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the broker did not tell the lag within " + ANSWER_WITHIN_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
