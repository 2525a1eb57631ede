package filon.provisioning.safety;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.incident.IncidentKind;
import filon.provisioning.incident.Incidents;
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
    Incidents incidents;

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
        database.write("delete from incident where host is null");
    }

    private long open(IncidentKind kind) {
        return incidents.newest().stream()
                .filter(incident -> incident.kind() == kind && incident.acknowledged() == null)
                .filter(incident -> incident.host() == null && incident.times() == 1)
                .count();
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
    @TestSecurity(user = "ola", roles = "operator")
    void nothingIsHeldAgainstHostsWhenMostOfThemAreSilent() {
        // Given
        List<HostId> fleet = reserved(3);

        // When
        clock.advance(MORE_THAN_RESERVED_MAY_LAST);
        await().atMost(PATIENCE).until(safety::isBraked);

        // Then
        assertThat(safety.view().brake().orElseThrow().reason()).startsWith("3 of 3 hosts are silent");
        assertThat(quarantined(fleet)).isZero();
        assertThat(open(IncidentKind.BRAKE_ENGAGED)).isEqualTo(1);

        // When
        fleet.forEach(this::report);

        // Then
        await().atMost(PATIENCE).until(() -> !safety.isBraked() && quarantined(fleet) == 3);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void thePlatformsOwnIncidentsAreRaisedOnceUntilSomebodyHasSeenThem() {
        // Given
        incidents.raise(IncidentKind.BRAKE_ENGAGED, "3 of 4 hosts are silent");
        incidents.raise(IncidentKind.BRAKE_ENGAGED, "4 of 4 hosts are silent");

        // When
        String id = given().get("/admin/incidents")
                .then()
                .statusCode(200)
                .body("findAll { it.kind == 'BRAKE_ENGAGED' && it.acknowledged == null }", hasSize(1))
                .body("find { it.kind == 'BRAKE_ENGAGED' }.host", nullValue())
                .body("find { it.kind == 'BRAKE_ENGAGED' }.severity", equalTo("CRITICAL"))
                .body("find { it.kind == 'BRAKE_ENGAGED' }.times", equalTo(2))
                .body("find { it.kind == 'BRAKE_ENGAGED' }.detail", equalTo("4 of 4 hosts are silent"))
                .extract()
                .path("find { it.kind == 'BRAKE_ENGAGED' }.id");
        given().contentType(ContentType.JSON)
                .post("/admin/incidents/{id}/acknowledgements", id)
                .then()
                .statusCode(200);
        incidents.raise(IncidentKind.BRAKE_ENGAGED, "again");

        // Then
        assertThat(open(IncidentKind.BRAKE_ENGAGED)).isEqualTo(1);
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
        assertThat(open(IncidentKind.DEADLINES_PAUSED)).isEqualTo(1);
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
                .body("detail", equalTo("there is no automation luck; known: [deadlines, slow-gpus]"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersDoNotSeeTheFleetsSafety() {
        given().get("/admin/safety").then().statusCode(403);
    }
}
