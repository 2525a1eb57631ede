package filon.provisioning.standing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.Leases;
import filon.provisioning.placement.Placements;
import filon.provisioning.workload.Workloads;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class TransitionsTest {
    private static final int STEPS = 250;
    /** One that moves everything often enough; any other tells as much, where it does. */
    private static final long USUAL_SEED = 20_261_121L;

    @Inject
    Scene scene;

    @Inject
    Hosts hosts;

    @Inject
    RandomMoves moves;

    @Inject
    Placements placements;

    @Inject
    Leases leases;

    @Inject
    Workloads workloads;

    @Inject
    Database database;

    @Inject
    UserTransaction transaction;

    @Inject
    MovableClock clock;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void eachMoveWritesExactlyOneLineAndTheNewestSaysWhereEverythingStands() {
        // Given
        long seed = Long.getLong("filon.seed", USUAL_SEED);
        System.err.println("random moves of seed " + seed + ": repeat with -Dfilon.seed=" + seed);
        List<String> before = contradictions();
        long newest = newest();

        // When
        moves.play(seed, STEPS);

        // Then
        assertThat(contradictions()).as("seed " + seed).containsExactlyElementsOf(before);
        Map<String, Long> lines = moves.linesSince(newest);
        assertThat(lines).as("seed " + seed).containsOnlyKeys("HOST", "GPU", "LEASE", "WORKLOAD");
        assertThat(lines.values()).as("seed " + seed).allMatch(count -> count > 5);
    }

    @Test
    void aMoveThatNobodyRecordedContradicts() throws Exception {
        // Given
        HostId host = scene.available("forged", DeviceKind.CPU, 1);
        List<String> before = contradictions();
        transaction.begin();

        // When
        database.write("update host set state = 'Retired', code = 'RETIRED' where id = ?", host.value());
        List<String> after = contradictions();
        transaction.rollback();

        // Then
        assertThat(after).hasSize(before.size() + 1).anyMatch(line -> line.contains("stands in Retired (RETIRED)"));
        assertThat(contradictions()).isEqualTo(before);
    }

    @Test
    void aMoveThatIsUndoneLeavesNoLine() throws Exception {
        // Given
        HostId host = scene.available("undone", DeviceKind.CPU, 1);
        long newest = newest();
        transaction.begin();

        // When
        hosts.apply(host, new HostEvent.Failed("it never happened"));
        transaction.rollback();

        // Then
        assertThat(database.all(
                        "select detail from transition where seq > ? and subject = ?",
                        row -> row.text("detail"),
                        newest,
                        host.toString()))
                .isEmpty();
    }

    @Test
    void nobodyChangesOrDeletesALine() {
        for (String attempt :
                List.of("update transition set detail = ''", "delete from transition", "truncate transition")) {
            assertThatThrownBy(() -> database.write(attempt))
                    .as(attempt)
                    .hasStackTraceContaining("transition is append-only");
        }
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void staffReadEveryMoveOfAHostWithWhoMadeItPageByPage() {
        // Given
        HostId host = scene.available("storied", DeviceKind.CPU, 1);
        given().contentType(ContentType.JSON)
                .body(Map.of("reason", "new fans"))
                .post("/admin/hosts/{id}/drains", host.toString())
                .then()
                .statusCode(200)
                .body("code", equalTo("DRAINED"))
                .body("owner", equalTo("PROVIDER"))
                .body("nextStep", containsString("readmit"));

        // When
        ValidatableResponse first = read("/admin/hosts/{id}/transitions?limit=2", host);
        String cursor = first.extract().path("nextCursor");
        ValidatableResponse second = read("/admin/hosts/{id}/transitions?limit=200&cursor=" + cursor, host);

        // Then
        first.body("items.to", equalTo(List.of("Maintenance", "Draining")))
                .body("items.from", equalTo(List.of("Draining", "Available")))
                .body("items[1].code", equalTo("DRAIN_ASKED"))
                .body("items[1].detail", equalTo("new fans (ola)"))
                .body("items[1].actor.kind", equalTo("PERSON"))
                .body("items[1].actor.name", equalTo("ola"));
        second.body("items.to", equalTo(List.of("Available", "BurningIn", "Inspecting", "Verifying", "Enrolled")))
                .body("items[4].from", nullValue())
                .body("items[0].actor.kind", equalTo("AUTOMATION"))
                .body("nextCursor", nullValue());
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void staffReadEveryMoveOfAGpuALeaseAndAWorkload() {
        // Given
        HostId host = scene.available("worked", DeviceKind.CPU, 1);
        Granted granted = granted();
        GpuId gpu = granted.gpuIds().getFirst();
        workloads.reported(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        workloads.reported(scene.workload(granted, WorkloadState.NO_POOL, "every pool refuses"));
        placements.end(granted.rentalId(), "ended by the customer");

        // Then
        read("/admin/gpus/" + gpu + "/transitions", host)
                .body("items.to", equalTo(List.of("Healthy", "Untested")))
                .body("items[0].code", equalTo("BURN_IN_WAIVED"));
        read("/admin/leases/{id}/transitions", granted.leaseId())
                .body("items.to", equalTo(List.of("Draining", "Granted")))
                .body("items[0].code", equalTo("RENTAL_ENDING"))
                .body("items[0].detail", equalTo("ended by the customer"));
        read("/admin/leases/{id}/workloads/" + gpu + "/transitions", granted.leaseId())
                .body("items.to", equalTo(List.of("NO_POOL", "RUNNING")))
                .body("items[0].code", equalTo("NO_POOL_GIVES_WORK"))
                .body("items[0].actor.kind", equalTo("HOST"));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void theWorkOfASilentHostIsUnknownAndNotStoppedAlsoWhileItShouldStop() {
        // Given
        HostId host = scene.available("mute", DeviceKind.CPU, 1);
        Granted granted = granted();
        workloads.reported(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        placements.end(granted.rentalId(), "ended by the customer");

        // When
        clock.advance(Duration.ofMinutes(2));
        hosts.tellSilence(host);
        workloads.tellSilence(granted.leaseId());

        // Then
        given().get("/admin/hosts/{id}", host.toString())
                .then()
                .body("code", equalTo("SILENT"))
                .body("owner", equalTo("NETWORK"))
                .body("leases[0].code", equalTo("RENTAL_ENDING"))
                .body("leases[0].owner", equalTo("CUSTOMER"))
                .body("leases[0].workloads[0].shown.state", equalTo("UNKNOWN"))
                .body("leases[0].workloads[0].shown.owner", equalTo("NETWORK"));
        read("/admin/leases/{id}/workloads/" + granted.gpuIds().getFirst() + "/transitions", granted.leaseId())
                .body("items.to", equalTo(List.of("UNKNOWN", "RUNNING")));
    }

    @Test
    @TestSecurity(user = "ola", roles = "operator")
    void whatDoesNotExistAndPagesThatCannotBeAreProblems() {
        // Given
        HostId host = scene.available("paged", DeviceKind.CPU, 1);

        // Then
        given().get("/admin/hosts/{id}/transitions", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType(containsString("problem+json"));
        given().get("/admin/gpus/nowhere/0/transitions").then().statusCode(404);
        for (String page : List.of("limit=0", "limit=201", "limit=x", "cursor=x")) {
            given().get("/admin/hosts/{id}/transitions?" + page, host.toString())
                    .then()
                    .statusCode(422)
                    .body("errors", hasSize(1));
        }
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersReadNoHostsMoves() {
        given().get("/admin/hosts/{id}/transitions", UUID.randomUUID()).then().statusCode(403);
        given().get("/admin/leases/{id}/transitions", UUID.randomUUID()).then().statusCode(403);
        given().get("/admin/gpus/a/transitions").then().statusCode(403);
    }

    private Granted granted() {
        RentalId rental = Samples.rental();
        placements.fund(rental, Samples.order("opencl-cpu", 1), 1);
        return leases.unended(rental).getFirst().granted();
    }

    private static ValidatableResponse read(String path, Object id) {
        return (path.contains("{id}") ? given().get(path, id.toString()) : given().get(path))
                .then()
                .statusCode(200);
    }

    private List<String> contradictions() {
        return database.all(
                "select kind, subject, contradiction from transition_contradiction order by kind, subject, contradiction",
                row -> row.text("kind") + " " + row.text("subject") + " " + row.text("contradiction"));
    }

    private long newest() {
        return database.first("select coalesce(max(seq), 0) as seq from transition", row -> row.number("seq"))
                .orElseThrow();
    }
}
