package filon.provisioning.enrolment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.host.Hosts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether who enrolled is the machine that was meant. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@TestSecurity(user = "ola", roles = "operator")
class ConfirmationApiTest {
    @Inject
    Scene scene;

    @Inject
    Enrolments enrolments;

    @Inject
    HostTopicsReconciliation topics;

    @Inject
    Hosts hosts;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void theExpectedSerialNumberConfirmsAHost() {
        // When
        HostId host = enrol("PF-12 34", " pf-12 34 ").id();

        // Then
        look(host)
                .body("state", equalTo("Inspecting"))
                .body("reason", containsString("pf-12 34"))
                .body("identity.expectedSerial", equalTo("PF-12 34"));
    }

    @Test
    void anotherSerialNumberQuarantinesAHostAndNamesBoth() {
        // When
        HostId host = enrol("PF-1", "PF-2").id();

        // Then
        look(host)
                .body("state", equalTo("Quarantined"))
                .body("reason", allOf(containsString("PF-1"), containsString("PF-2")));
        incidents().body("findAll { it.host == '" + host + "' }.kind", hasItem("WRONG_SERIAL"));
        post(host, "readmissions", Map.of("reason", "typed wrong")).statusCode(409);
    }

    @Test
    void aHostThatNobodyConfirmedGetsNoFurtherByReporting() {
        // Given
        HostId expected = enrol("PF-1", "").id();
        HostId unexpected = enrol("", "PF-1").id();

        // When
        hosts.reported(scene.report(expected, 0, Samples.gpus(expected, DeviceKind.CPU, 1)));
        hosts.reported(scene.report(unexpected, 0, Samples.gpus(unexpected, DeviceKind.CPU, 1)));

        // Then
        look(expected).body("state", equalTo("Verifying")).body("move", equalTo("OPERATOR"));
        look(unexpected).body("state", equalTo("Verifying")).body("identity.confirmedAt", nullValue());
    }

    @Test
    void aPersonWhoSawTheFingerprintConfirmsAHost() {
        // Given
        EnrolledHost enrolled = enrol("", "");
        String shown = Fingerprint.of(enrolled.pair().getPublic()).text();
        look(enrolled.id()).body("identity.fingerprint", equalTo(shown));

        // When
        ValidatableResponse confirmed = confirm(enrolled.id(), shown.toLowerCase(java.util.Locale.ROOT));

        // Then
        confirmed.statusCode(204);
        look(enrolled.id())
                .body("state", equalTo("Inspecting"))
                .body("reason", containsString("read at its console (ola)"))
                .body("identity.confirmedAt", not(nullValue()));
        confirm(enrolled.id(), shown).statusCode(409).body("detail", containsString("not Verifying"));
    }

    @Test
    void anotherFingerprintConfirmsNothingAndIsNoted() {
        // Given
        HostId host = enrol("", "").id();

        // When
        ValidatableResponse refused = confirm(host, "AB12 ".repeat(16).strip());

        // Then
        refused.statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("/fingerprint"));
        look(host).body("state", equalTo("Verifying")).body("events[0].kind", equalTo("WrongFingerprint"));
        incidents().body("findAll { it.host == '" + host + "' }.kind", hasItem("WRONG_FINGERPRINT"));
        confirm(host, "AB12").statusCode(422);
    }

    @Test
    void whoIsNotThereCannotBeConfirmed() {
        confirm(HostId.of(UUID.randomUUID()), "AB12 ".repeat(16).strip()).statusCode(404);
    }

    @Test
    @TestSecurity(user = "cleo", roles = "customer")
    void customersDecideOnNoIdentity() {
        HostId host = HostId.of(UUID.randomUUID());

        confirm(host, "AB12 ".repeat(16).strip()).statusCode(403);
        post(host, "revocations", Map.of("reason", "x")).statusCode(403);
        post(host, "enrolment-tokens", Map.of()).statusCode(403);
        given().get("/admin/incidents").then().statusCode(403);
    }

    @Test
    void anAcknowledgedIncidentIsCountedNoFurther() {
        // Given
        HostId host = enrol("", "").id();
        confirm(host, "AB12 ".repeat(16).strip());
        confirm(host, "AB12 ".repeat(16).strip());
        String ofHost = "findAll { it.host == '" + host + "' }";
        incidents().body(ofHost + ".times", equalTo(java.util.List.of(2)));
        String id = incidents().extract().path("find { it.host == '" + host + "' }.id");

        // When
        given().post("/admin/incidents/{id}/acknowledgements", id).then().statusCode(200);
        confirm(host, "AB12 ".repeat(16).strip());

        // Then
        java.util.List<Integer> times = incidents().extract().path(ofHost + ".times");
        assertThat(times).containsExactlyInAnyOrder(2, 1);
        given().post("/admin/incidents/{id}/acknowledgements", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    private EnrolledHost enrol(String expected, String found) {
        EnrolledHost host = scene.redeem(enrolments.invite("machine", "lyon", expected, "ola"), found);
        topics.reconcile(host.id());
        return host;
    }

    private static ValidatableResponse look(HostId host) {
        return given().get("/admin/hosts/{id}", host.toString()).then().statusCode(200);
    }

    private static ValidatableResponse incidents() {
        return given().get("/admin/incidents").then().statusCode(200);
    }

    private static ValidatableResponse confirm(HostId host, String fingerprint) {
        return post(host, "confirmations", Map.of("fingerprint", fingerprint, "reason", "read at its console"));
    }

    private static ValidatableResponse post(HostId host, String what, Map<String, String> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/admin/hosts/{id}/" + what, host.toString())
                .then();
    }
}
