package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Topics;
import filon.provisioning.AgentKafka;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import filon.provisioning.enrolment.Revocations;
import filon.provisioning.standing.Actor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that sends as much as it can, and what that costs the others. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedQuotaTest {
    private static final int ALMOST_A_MEGABYTE = 900_000;
    /** Quotas count over eleven seconds: the first 2.9 MB of a quiet host are not delayed. */
    private static final int FLOOD = 5;

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Revocations revocations;

    @Inject
    HostTopicsReconciliation topics;

    private EnrolledHost alice;

    @BeforeEach
    void enrol() {
        scene.clear();
        alice = scene.enrol("alice");
    }

    @Test
    void aFloodingHostIsDelayedAndNobodyElseIs() throws Exception {
        // Given
        EnrolledHost flooding = scene.enrol("flooding");
        awaitQuota(flooding, "producer_byte_rate", 262_144.0);

        // When
        double delay = delayOfAFlood(flooding);

        // Then
        assertThat(delay).isPositive();
        try (KafkaProducer<String, byte[]> quiet = AgentKafka.of(alice).producer()) {
            AgentKafka.write(quiet, Topics.FLEET_TELEMETRY);
            assertThat(delayMillisMax(quiet)).isZero();
        }
    }

    @Test
    void withoutItsQuotaTheSameFloodIsNotDelayed() throws Exception {
        // Given
        awaitQuota(alice, "producer_byte_rate", 262_144.0);
        try (Admin administrator = wire.administrator()) {
            administrator.alterClientQuotas(List.of(withoutQuota(alice))).all().get();
        }
        await().until(() -> quota(alice).isEmpty());

        // When
        double delay = delayOfAFlood(alice);

        // Then
        assertThat(delay).isZero();
    }

    @Test
    void aHostCannotRaiseItsQuota() {
        try (Admin admin = Admin.create(AgentKafka.of(alice).access())) {
            assertThatThrownBy(() -> admin.alterClientQuotas(List.of(withoutQuota(alice)))
                            .all()
                            .get())
                    .hasCauseInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void aRevokedHostIsLeftTheLeastQuota() throws Exception {
        // Given
        awaitQuota(alice, "request_percentage", 20.0);

        // When
        revocations.revoke(alice.id(), "stolen", Actor.person("ola"));
        topics.reconcile(alice.id());

        // Then
        awaitQuota(alice, "request_percentage", 1.0);
        awaitQuota(alice, "producer_byte_rate", 1_024.0);
        awaitQuota(alice, "consumer_byte_rate", 1_024.0);
    }

    /** @return milliseconds, the longest delay that the broker imposed */
    private static double delayOfAFlood(EnrolledHost host) throws ExecutionException, InterruptedException {
        // of telemetry, which nothing here listens to
        KafkaProducer<String, byte[]> producer = AgentKafka.of(host).producer();
        try {
            for (int i = 0; i < FLOOD && !(delayMillisMax(producer) > 0); i++) {
                producer.send(new ProducerRecord<>(Topics.FLEET_TELEMETRY, 0, "x", new byte[ALMOST_A_MEGABYTE]))
                        .get();
            }
            return delayMillisMax(producer);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private static double delayMillisMax(KafkaProducer<String, byte[]> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("produce-throttle-time-max"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .max()
                .orElseThrow();
    }

    private void awaitQuota(EnrolledHost host, String name, double value) {
        await().untilAsserted(() -> assertThat(quota(host)).containsEntry(name, value));
    }

    private Map<String, Double> quota(EnrolledHost host) throws ExecutionException, InterruptedException {
        ClientQuotaFilter user = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, Topics.principal(host.id()))));
        try (Admin administrator = wire.administrator()) {
            return administrator.describeClientQuotas(user).entities().get().values().stream()
                    .findFirst()
                    .orElse(Map.of());
        }
    }

    private static ClientQuotaAlteration withoutQuota(EnrolledHost host) {
        return new ClientQuotaAlteration(
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, Topics.principal(host.id()))),
                List.of(
                        new Op("producer_byte_rate", null),
                        new Op("consumer_byte_rate", null),
                        new Op("request_percentage", null)));
    }
}
