package filon.provisioning.fleet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.placement.Placements;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AdminApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Scene scene;

    @Inject
    Hosts hosts;

    @Inject
    Fleet fleet;

    @Inject
    Placements placements;

    @Inject
    MaintenanceWindows maintenance;

    @Inject
    MovableClock clock;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void whereAHostStandsIsSetByStaffAndSurvivesReports() {
        // Given
        HostId host = scene.available("zz-place", DeviceKind.CPU, 1);

        // When
        put(host, Map.of("rack", "r1", "power", "feed B")).statusCode(200).body("rack", equalTo("r1"));
        put(host, Map.of("rack", "r2")).statusCode(200).body("power", nullValue());
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 2)));

        // Then
        given().get("/admin/hosts/{id}", host.toString())
                .then()
                .body("site", equalTo("lyon"))
                .body("rack", equalTo("r2"))
                .body("power", nullValue())
                .body("events.findAll { it.kind == 'Location' }", hasSize(2))
                .body(
                        "events.find { it.kind == 'Location' }.detail",
                        equalTo("site lyon, rack r2, power unknown (ola); before: site lyon, rack r1, power feed B"));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void placesThatAreNoPlacesAreRefused() {
        // Given
        HostId host = scene.available("zz-nowhere", DeviceKind.CPU, 1);

        // Then
        put(host, Map.of("rack", "")).statusCode(422).body("errors[0].pointer", equalTo("/rack"));
        put(HostId.of(UUID.randomUUID()), Map.of("rack", "r1"))
                .statusCode(404)
                .contentType(containsString("problem+json"));
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersDecideNothing() {
        HostId host = HostId.of(UUID.randomUUID());
        put(host, Map.of("rack", "r1")).statusCode(403);
        announce(host, "2030-01-01T00:00:00Z").statusCode(403);
        decide("exclusions", "gpu", "hot").statusCode(403);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void anAnnouncedWindowDrainsItsHostWhenItsTimeHasCome() {
        // Given
        HostId host = scene.available("zz-serviced", DeviceKind.CPU, 1);
        announce(host, clock.instant().plusSeconds(600).toString()).statusCode(201);
        String cancelled = announce(host, clock.instant().plusSeconds(60).toString())
                .statusCode(201)
                .extract()
                .path("id");
        given().delete("/admin/hosts/{id}/maintenance-windows/{window}", host.toString(), cancelled)
                .then()
                .statusCode(204);

        // When
        clock.advance(Duration.ofSeconds(120));

        // Then
        given().get("/admin/hosts/{id}", host.toString())
                .then()
                .body("state", equalTo("Available"))
                .body("maintenance", hasSize(1));

        // When
        clock.advance(Duration.ofSeconds(490));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/admin/hosts/{id}", host.toString())
                .then()
                .body("state", equalTo("Maintenance"))
                .body("maintenance", hasSize(0))
                .body("events.detail", hasItem(containsString("maintenance: new fans (ola)"))));
        given().delete("/admin/hosts/{id}/maintenance-windows/{window}", host.toString(), cancelled)
                .then()
                .statusCode(404);
    }

    @Test
    void aHostThatIsStillOnItsWayInIsDrainedWhenItArrives() {
        // Given
        HostId host = scene.enrol("zz-arriving").id();
        Instant starts = clock.instant().plusSeconds(60);
        UUID window = maintenance
                .announce(host, new MaintenanceWindows.Announcement(starts, "new fans", "ola"))
                .id();
        clock.advance(Duration.ofSeconds(61));
        maintenance.begin(window);
        assertThat(maintenance.ahead(host)).hasSize(1);

        // When
        hosts.reported(scene.report(host, 0, Samples.gpus(host, DeviceKind.CPU, 1)));
        maintenance.begin(window);

        // Then
        assertThat(fleet.find(host).orElseThrow().state()).isEqualTo("Maintenance");
        assertThat(maintenance.ahead(host)).isEmpty();
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void aWindowInThePastIsRefused() {
        // Given
        HostId host = scene.available("zz-late", DeviceKind.CPU, 1);

        // Then
        announce(host, "2020-01-01T00:00:00Z").statusCode(422).body("errors[0].pointer", equalTo("/startsAt"));
        announce(HostId.of(UUID.randomUUID()), "2099-01-01T00:00:00Z").statusCode(404);
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void anExcludedGpuComesBackOnlyThroughABurnIn() {
        // Given
        HostId host = scene.available("zz-hot", DeviceKind.CPU, 1);
        String gpu = Samples.gpus(host, DeviceKind.CPU, 1).getFirst().gpuId().value();

        // When
        decide("exclusions", gpu, "too hot")
                .statusCode(200)
                .body("gpus[0].state", equalTo("Excluded"))
                .body("gpus[0].reason", equalTo("too hot (ola)"))
                .body("events.detail", hasItem(gpu + " is Excluded: too hot (ola)"));
        decide("exclusions", gpu, "too hot").statusCode(409).body("code", equalTo("conflict"));
        decide("exclusions", "no such", "too hot").statusCode(404);

        // Then
        decide("inclusions", gpu, "cooled").statusCode(200).body("gpus[0].state", equalTo("Untested"));

        // When
        hosts.decide(host, new HostEvent.DrainAsked("for a burn-in"));
        hosts.decide(host, new HostEvent.Readmitted("for a burn-in"));
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));

        // Then
        assertThat(state(host)).containsExactly("Healthy");
    }

    @Test
    void aGpuThatIsNotReportedHasFailedUntilABurnIn() {
        // Given
        HostId host = scene.available("zz-shaky", DeviceKind.CPU, 2);

        // When
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 3)));

        // Then
        assertThat(state(host)).containsExactly("Healthy", "Failed", "Untested");
        assertThat(fleet.find(host).orElseThrow().gpus().get(1).reason()).isEqualTo("not reported");
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void eachGpuOfALeaseSaysHowItStands() {
        // Given
        HostId host = scene.available("zz-standing", DeviceKind.CPU, 1);
        RentalId rental = Samples.rental();
        placements.fund(rental, Samples.order("opencl-cpu", 1), 1);

        // Then
        standing(host, "Unheard", "the host has applied order 0, this is order 1");

        // When
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));

        // Then
        standing(host, "Starting", "the host has its order and has said nothing of the workload yet");

        // When
        placements.end(rental, "asked");

        // Then
        standing(host, "Unheard", "the host has applied order 1, this is order 2");
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void theListSaysOfEachHostWhatItsOwnPageSaysButItsEvents() {
        // Given
        HostId leased = scene.available("zz-listed-a", DeviceKind.CPU, 2);
        HostId other = scene.available("zz-listed-b", DeviceKind.GPU, 3);
        put(leased, Map.of("rack", "r1"));
        announce(other, clock.instant().plusSeconds(6_000).toString());
        placements.fund(Samples.rental(), Samples.order("opencl-cpu", 1), 1);

        // When
        Map<HostId, HostView> listed = fleet.all().stream().collect(Collectors.toMap(HostView::id, view -> view));

        // Then
        assertThat(listed.get(leased).leases().getFirst().workloads()).hasSize(1);
        assertThat(listed.get(other).maintenance()).hasSize(1);
        assertThat(List.of(leased, other)).allSatisfy(host -> assertThat(listed.get(host))
                .usingRecursiveComparison()
                .ignoringFields("events", "burnIn.devices")
                .isEqualTo(fleet.find(host).orElseThrow()));
    }

    private static void standing(HostId host, String standing, String why) {
        given().get("/admin/hosts/{id}", host.toString())
                .then()
                .body("leases[0].workloads", hasSize(1))
                .body("leases[0].workloads[0].standing", equalTo(standing))
                .body("leases[0].workloads[0].why", equalTo(why))
                .body("leases[0].workloads[0].move", equalTo("HOST"));
    }

    private List<String> state(HostId host) {
        return fleet.find(host).orElseThrow().gpus().stream()
                .map(HostView.GpuView::state)
                .toList();
    }

    private static ValidatableResponse put(HostId host, Map<String, String> location) {
        return given().contentType(ContentType.JSON)
                .body(location)
                .put("/admin/hosts/{id}/location", host.toString())
                .then();
    }

    private static ValidatableResponse announce(HostId host, String startsAt) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("startsAt", startsAt, "reason", "new fans"))
                .post("/admin/hosts/{id}/maintenance-windows", host.toString())
                .then();
    }

    private static ValidatableResponse decide(String what, String gpu, String reason) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("gpuId", gpu, "reason", reason))
                .post("/admin/gpus/" + what)
                .then();
    }
}
