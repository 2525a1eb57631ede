package filon.provisioning.enrolment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import filon.contracts.message.Topics;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.provisioning.MovableClock;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.authority.TestRequests;
import filon.provisioning.database.Database;
import filon.provisioning.host.Hosts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class EnrolmentApiTest {
    private record Token(String hostId, String token, String expiresAt) {}

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @Inject
    Database database;

    @Inject
    Hosts hosts;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void anInvitedHostGetsItsIdentity() {
        // Given
        Token token = invite("alpha", "lyon").statusCode(201).extract().as(Token.class);

        // When
        ValidatableResponse first = enrol(token.token());

        // Then
        String host = token.hostId();
        first.statusCode(200)
                .body("hostId", equalTo(host))
                .body("name", equalTo("alpha"))
                .body("site", equalTo("lyon"))
                .body("enrolment", equalTo(1))
                .body("controlPlaneKeys", hasSize(1))
                .body("brokers", hasSize(1))
                .body("uplinkKey", matchesPattern("[0-9a-f]{64}"))
                .body("topics", hasSize(2));
        assertThat(first.extract().<String>path("certificate")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(first.extract().<String>path("ca")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(audit(host)).containsExactly("invited", "enrolled");
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void theSameKeyGetsTheSameAnswerAgainWithoutAnAlarm() {
        // Given
        Token token = invite("again", "lyon").extract().as(Token.class);
        KeyPair pair = TestRequests.pair();
        String first = enrol(token.token(), pair).statusCode(200).extract().asString();

        // When
        String second = enrol(token.token(), pair).statusCode(200).extract().asString();

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(incidents(token.hostId())).isEmpty();
        clock.advance(Enrolments.TOKEN_LIFE.plus(Duration.ofSeconds(1)));
        enrol(token.token(), pair).statusCode(409).body("code", equalTo("token-spent"));
        assertThat(incidents(token.hostId())).isEmpty();
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void aTokenThatIsReplayedWithAnotherKeyQuarantinesTheHost() {
        // Given
        Token token = invite("cloned", "lyon").extract().as(Token.class);
        enrol(token.token()).statusCode(200);
        double before = raised();

        // When
        ValidatableResponse second = enrol(token.token());

        // Then
        second.statusCode(409).contentType("application/problem+json").body("code", equalTo("token-spent"));
        assertThat(incidents(token.hostId())).containsExactly("TOKEN_CLONED");
        assertThat(raised()).isGreaterThan(before);
        given().get("/admin/hosts/{id}", token.hostId())
                .then()
                .body("state", equalTo("Quarantined"))
                .body("reason", containsString("was copied"))
                .body("events[0].detail", containsString("second key"));
        decide(HostId.of(token.hostId()), "readmissions").statusCode(409).body("detail", containsString("enrol again"));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void aHundredRedemptionsAtOnceMakeExactlyOneIdentity() throws Exception {
        // Given
        Token token = invite("race", "lyon").extract().as(Token.class);
        int racers = 100;
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Map<String, Object>> bodies = Stream.generate(() -> application(token.token(), TestRequests.pair()))
                .limit(racers)
                .toList();
        List<Future<Integer>> answers = new ArrayList<>();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            for (Map<String, Object> body : bodies) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return given().contentType(ContentType.JSON)
                            .body(body)
                            .post("/enrolment")
                            .statusCode();
                }));
            }
        }

        // Then
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(racers - 1);
        assertThat(database.all(
                        "select serial from host_certificate where host_id = ?::uuid",
                        row -> row.text("serial"),
                        token.hostId()))
                .hasSize(1);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void aTokenEndsAfterTenMinutesAndForeignOnesNeverWork() {
        // Given
        Token token = invite("late", "lyon").extract().as(Token.class);

        // When
        clock.advance(Enrolments.TOKEN_LIFE.plus(Duration.ofSeconds(1)));

        // Then
        enrol(token.token()).statusCode(409).body("code", equalTo("token-spent"));
        enrol("no-such-token").statusCode(409).body("code", equalTo("token-spent"));
        assertThat(hosts.find(HostId.of(token.hostId()))).isEmpty();
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void aBrokenRequestIsNamedAndDoesNotSpendTheToken() {
        // Given
        String token = invite("careful", "lyon").extract().path("token");
        Map<String, Object> broken = Map.of("token", token, "csr", "hello", "agentVersion", "1.0", "gpus", List.of());

        // When
        ValidatableResponse refused = given().contentType(ContentType.JSON)
                .body(broken)
                .post("/enrolment")
                .then();

        // Then
        refused.statusCode(422).body("errors[0].pointer", equalTo("/csr"));
        enrol(token).statusCode(200);
    }

    @Test
    void onlyOperatorsInviteAndLook() {
        invite("x", "y").statusCode(401);
        given().get("/admin/hosts").then().statusCode(401);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersNeitherInviteNorLook() {
        invite("x", "y").statusCode(403).body("code", equalTo("forbidden"));
        given().get("/admin/hosts/{id}", UUID.randomUUID()).then().statusCode(403);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void namesThatAreNoNamesAreRefused() {
        invite("two words", "lyon").statusCode(422).body("errors[0].pointer", equalTo("/name"));
        invite("alpha", "").statusCode(422).body("errors[0].pointer", equalTo("/site"));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void staffSeeAHostAndDecideOnIt() {
        // Given
        HostId host = scene.available("omega", DeviceKind.CPU, 1);

        // Then
        given().get("/admin/hosts/{id}", host.toString())
                .then()
                .statusCode(200)
                .body("state", equalTo("Available"))
                .body("connectivity", equalTo("ONLINE"))
                .body("move", equalTo("NOBODY"))
                .body("gpus", hasSize(1))
                .body("gpus[0].kind", equalTo("CPU"))
                .body("leases", hasSize(0))
                .body("reason", equalTo("burn-in waived by setting: its devices are untested"));
        given().get("/admin/hosts")
                .then()
                .statusCode(200)
                .body("find { it.id == '" + host + "' }.name", equalTo("omega"));
        given().get("/admin/hosts/{id}", UUID.randomUUID()).then().statusCode(404);

        // When
        ValidatableResponse drained = decide(host, "drains");

        // Then
        drained.statusCode(200).body("state", equalTo("Maintenance")).body("move", equalTo("OPERATOR"));
        decide(host, "drains").statusCode(409).body("code", equalTo("conflict"));
        decide(host, "readmissions").statusCode(200).body("state", equalTo("Inspecting"));
    }

    @Test
    void topicsThatWereNotMadeAreMadeLater() {
        // Given
        Enrolled identity = scene.enrol("slow").identity();
        database.write(
                "update host set state = 'Enrolled' where id = ?",
                identity.hostId().value());
        database.write(
                "update host_identity set access_told = 0 where host_id = ?",
                identity.hostId().value());

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> hosts.find(identity.hostId())
                .orElseThrow()
                .state()
                .label()
                .equals("Inspecting"));
        assertThat(identity.topics()).contains(Topics.desired(identity.hostId()));
    }

    private static ValidatableResponse decide(HostId host, String what) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("reason", "a new fan"))
                .post("/admin/hosts/{id}/" + what, host.toString())
                .then();
    }

    private static ValidatableResponse invite(String name, String site) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "site", site))
                .post("/admin/enrolment-tokens")
                .then();
    }

    private static ValidatableResponse enrol(String token) {
        return enrol(token, TestRequests.pair());
    }

    private static ValidatableResponse enrol(String token, KeyPair pair) {
        return given().contentType(ContentType.JSON)
                .body(application(token, pair))
                .post("/enrolment")
                .then();
    }

    /** As the agent sends it: with a name, and devices that have no ids yet. */
    private static Map<String, Object> application(String token, KeyPair pair) {
        return Map.of(
                "token",
                token,
                "csr",
                TestRequests.pem(pair, "CN=admin"),
                "agentVersion",
                "1.0",
                "name",
                "host",
                "gpus",
                List.of(Map.of("name", "device", "kind", "CPU", "memoryBytes", 1, "computeUnits", 2)));
    }

    private List<String> audit(String host) {
        return database.all(
                "select what from enrolment_audit where host_id = ?::uuid order by seq", row -> row.text("what"), host);
    }

    private static List<String> incidents(String host) {
        return given().get("/admin/incidents")
                .then()
                .statusCode(200)
                .extract()
                .path("findAll { it.host == '" + host + "' }.kind");
    }

    private double raised() {
        return metrics.find("filon.incidents").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
