package filon.provisioning.enrolment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left to a host at the real broker when its identity, or an earlier one, is worth nothing any more. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@TestSecurity(user = "ola", roles = "operator")
class RevocationTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Hosts hosts;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aRevocationCutsOpenConnectionsOffWithinAMinute() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("stolen");
        String orders = Topics.desired(host.id());
        wire.send(new ProducerRecord<>(orders, "slot", "x".getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, byte[]> producer = AgentKafka.of(host).producer();
                KafkaConsumer<String, byte[]> consumer = AgentKafka.of(host).consumer(orders)) {
            AgentKafka.write(producer, Topics.USAGE_REPORTS);
            assertThat(consumer.poll(Duration.ofSeconds(10)).count()).isEqualTo(1);

            // When
            post(host.id(), "revocations").statusCode(204);

            // Then
            await().atMost(A_MINUTE)
                    .untilAsserted(() -> assertThatThrownBy(() -> AgentKafka.write(producer, Topics.USAGE_REPORTS))
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(TopicAuthorizationException.class));
            await().atMost(A_MINUTE).untilAsserted(() -> assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(1)))
                    .isInstanceOf(TopicAuthorizationException.class));
        }
        given().get("/admin/hosts/{id}", host.id().toString())
                .then()
                .body("state", equalTo("Quarantined"))
                .body("reason", containsString("broken into (ola)"))
                .body("identity.revokedAt", org.hamcrest.Matchers.notNullValue());
        assertThatThrownBy(() -> AgentKafka.of(host).write(Topics.FLEET_REPORTED))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        post(host.id(), "readmissions").statusCode(409).body("detail", containsString("revoked"));
    }

    @Test
    void theOldCertificateOfAHostThatEnrolledAgainHasNoRights() throws Exception {
        // Given
        EnrolledHost before = scene.enrol("twice");
        hosts.apply(before.id(), new HostEvent.Failed("its disk was stolen"));

        // When
        EnrolledHost after = scene.enrolAgain(before.id());

        // Then
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.identity().enrolment()).isEqualTo(2);
        assertThat(after.identity().uplinkKey()).isNotEqualTo(before.identity().uplinkKey());
        await().atMost(A_MINUTE).untilAsserted(() -> assertThatThrownBy(
                        () -> AgentKafka.of(before).write(Topics.FLEET_REPORTED))
                .hasCauseInstanceOf(TopicAuthorizationException.class));
        assertThatThrownBy(() -> read(before)).isInstanceOf(TopicAuthorizationException.class);
        AgentKafka.of(after).write(Topics.FLEET_REPORTED);
        assertThat(read(after)).isZero();
    }

    @Test
    void aRetiredHostHasNoRights() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("scrapped");
        AgentKafka.of(host).write(Topics.FLEET_REPORTED);
        hosts.apply(host.id(), new HostEvent.Failed("broken"));

        // When
        post(host.id(), "retirements").statusCode(200).body("state", equalTo("Retired"));

        // Then
        await().atMost(A_MINUTE).untilAsserted(() -> assertThatThrownBy(
                        () -> AgentKafka.of(host).write(Topics.FLEET_REPORTED))
                .hasCauseInstanceOf(TopicAuthorizationException.class));
    }

    @Test
    void aRevokedHostComesBackByEnrollingAgain() throws Exception {
        // Given
        EnrolledHost before = scene.enrol("returning");
        post(before.id(), "revocations").statusCode(204);

        // When
        EnrolledHost after = scene.enrolAgain(before.id());

        // Then
        AgentKafka.of(after).write(Topics.FLEET_REPORTED);
        given().get("/admin/hosts/{id}", before.id().toString())
                .then()
                .body("state", equalTo("Inspecting"))
                .body("identity.enrolment", equalTo(2));
    }

    @Test
    void onlyAHostThatWasSetAsideIsInvitedAgain() {
        // Given
        HostId host = scene.enrol("busy").id();

        // Then
        post(host, "enrolment-tokens").statusCode(409).body("detail", containsString("Quarantined or Maintenance"));
        hosts.apply(host, new HostEvent.Failed("broken"));
        post(host, "enrolment-tokens").statusCode(201).body("hostId", equalTo(host.toString()));
        post(HostId.of(UUID.randomUUID()), "enrolment-tokens").statusCode(404);
        post(HostId.of(UUID.randomUUID()), "revocations").statusCode(404);
    }

    private static int read(EnrolledHost host) {
        try (KafkaConsumer<String, byte[]> consumer = AgentKafka.of(host).consumer(Topics.desired(host.id()))) {
            return consumer.poll(Duration.ofSeconds(3)).count();
        }
    }

    private static ValidatableResponse post(HostId host, String what) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("reason", "broken into"))
                .post("/admin/hosts/{id}/" + what, host.toString())
                .then();
    }
}
