package filon.provisioning.safety;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class SafetyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MORE_THAN_RESERVED_MAY_LAST = Duration.ofMinutes(11);

    @Inject
    Scene scene;

    @Inject
    Safety safety;

    @Inject
    Hosts hosts;

    @Inject
    Database database;

    @Inject
    MovableClock clock;

    @BeforeEach
    void clear() {
        scene.clear();
        database.write("delete from automation_pause");
        database.write("delete from automation_act");
        database.write("delete from fleet_brake");
    }

    private List<HostId> reserved(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    HostId host = scene.available("safe-" + number, DeviceKind.CPU, 1);
                    hosts.apply(host, new HostEvent.Leased("a lease that it will not take"));
                    return host;
                })
                .toList();
    }

    private void report(HostId host) {
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));
    }

    private long quarantined(List<HostId> among) {
        return among.stream()
                .filter(host -> hosts.find(host).orElseThrow().state().label().equals("Quarantined"))
                .count();
    }

    @Test
    void nothingIsHeldAgainstHostsWhenMostOfThemAreSilent() {
        // Given
        List<HostId> fleet = reserved(3);

        // When
        clock.advance(MORE_THAN_RESERVED_MAY_LAST);
        await().atMost(PATIENCE).until(safety::isBraked);

        // Then
        assertThat(safety.view().brake().orElseThrow().reason()).startsWith("3 of 3 hosts are silent");
        assertThat(quarantined(fleet)).isZero();

        // When
        fleet.forEach(this::report);

        // Then
        await().atMost(PATIENCE).until(() -> !safety.isBraked() && quarantined(fleet) == 3);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void anAutomationStopsBeforeOneHostTooManyAndAsksAPerson() {
        // Given
        int most = BlastRadius.ALWAYS;
        List<HostId> doomed = reserved(most + 1);

        // When
        clock.advance(MORE_THAN_RESERVED_MAY_LAST);
        doomed.forEach(this::report);
        await().atMost(PATIENCE)
                .until(() -> safety.view().automations().getFirst().pause().isPresent());

        // Then
        assertThat(quarantined(doomed)).isBetween((long) most - 1, (long) most);
        given().get("/admin/safety")
                .then()
                .statusCode(200)
                .body("automations[0].name", equalTo("deadlines"))
                .body("automations[0].paused", equalTo(true));

        // When
        given().contentType(ContentType.JSON)
                .body(Map.of("reason", "they are really dead"))
                .post("/admin/safety/automations/{name}/releases", "deadlines")
                .then()
                .statusCode(200)
                .body("automations[0].paused", equalTo(false));

        // Then
        await().atMost(PATIENCE).until(() -> quarantined(doomed) == doomed.size());
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void anAutomationThatDoesNotExistIsNamedWithThoseThatDo() {
        given().contentType(ContentType.JSON)
                .body(Map.of("reason", "x"))
                .post("/admin/safety/automations/{name}/releases", "luck")
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no automation luck; known: [deadlines]"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersDoNotSeeTheFleetsSafety() {
        given().get("/admin/safety").then().statusCode(403);
    }
}
