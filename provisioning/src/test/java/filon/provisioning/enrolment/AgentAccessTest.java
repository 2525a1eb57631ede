package filon.provisioning.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an enrolled host can do at the broker with nothing but its identity. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AgentAccessTest {
    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void readsItsOwnOrdersAndNobodyElses() {
        // Given
        EnrolledHost own = scene.enrol("own");
        EnrolledHost other = scene.enrol("other");
        wire.send(new ProducerRecord<>(Topics.desired(own.id()), "slot", "x".getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThat(read(own, Topics.desired(own.id())).count()).isEqualTo(1);
        assertThatThrownBy(() -> read(own, Topics.desired(other.id()))).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(own, Topics.LEASE_NOTICES)).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(own, Topics.FLEET_REPORTED)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void writesToTheUplinksAlone() throws Exception {
        // Given
        EnrolledHost own = scene.enrol("writer");

        // Then
        for (String uplink :
                List.of(Topics.FLEET_REPORTED, Topics.FLEET_TELEMETRY, Topics.FLEET_EVENTS, Topics.USAGE_REPORTS)) {
            write(own, uplink);
        }
        for (String closed :
                List.of(Topics.desired(own.id()), Topics.LEASE_NOTICES, Topics.USAGE_ACKS, Topics.DEAD_LETTERS)) {
            assertThatThrownBy(() -> write(own, closed))
                    .as(closed)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void theTopicOfOrdersKeepsTheNewestOfEachSlot() {
        // Given
        HostId host = scene.enrol("compact").id();

        // Then
        assertThat(wire.records(Topics.desired(host))).isEmpty();
        assertThat(wire.setting(Topics.desired(host), "cleanup.policy")).isEqualTo("compact");
        assertThat(wire.setting(Topics.actions(host), "retention.ms")).isEqualTo("86400000");
    }

    private static ConsumerRecords<String, byte[]> read(EnrolledHost host, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = AgentKafka.of(host).consumer(topic)) {
            return consumer.poll(Duration.ofSeconds(10));
        }
    }

    private static void write(EnrolledHost host, String topic) throws ExecutionException, InterruptedException {
        AgentKafka.of(host).write(topic);
    }
}
