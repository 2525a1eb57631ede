package filon.provisioning.enrolment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import filon.contracts.message.Topics;
import filon.contracts.value.Fingerprint;
import filon.contracts.value.HostId;
import filon.contracts.value.RenewalClaim;
import filon.provisioning.AgentKafka;
import filon.provisioning.MovableClock;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.TestRequests;
import filon.provisioning.database.Database;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.standing.Actor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets a next certificate, and who does not. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RenewalApiTest {
    private static final Duration TWO_THIRDS =
            AgentCertificates.LIFE.multipliedBy(2).dividedBy(3);

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @Inject
    Revocations revocations;

    @Inject
    Hosts hosts;

    @Inject
    Fleet fleet;

    @Inject
    Database database;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aHostRenewsAtTwoThirdsOfTheLifeOfItsCertificate() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("renewing");
        clock.advance(TWO_THIRDS);

        // When
        ValidatableResponse renewed = renew(signed(host, host.pair()));

        // Then
        renewed.statusCode(200)
                .body("hostId", equalTo(host.id().toString()))
                .body("uplinkKey", equalTo(host.identity().uplinkKey()))
                .body("enrolment", equalTo(1));
        X509Certificate next = x509(renewed);
        assertThat(next.getSubjectX500Principal().getName()).isEqualTo("CN=" + Topics.principal(host.id()));
        assertThat(next.getNotAfter().toInstant())
                .isBetween(
                        clock.instant().plus(AgentCertificates.LIFE).minusSeconds(60),
                        clock.instant().plus(AgentCertificates.LIFE));
        assertThat(fleet.find(host.id()).orElseThrow().identity().certificateEnds())
                .isEqualTo(next.getNotAfter().toInstant());
    }

    @Test
    void aRenewedCertificateWorksAtTheBroker() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("both");

        // When
        String certificate = renew(signed(host, host.pair())).extract().path("certificate");

        // Then
        AgentKafka.of(host, certificate).write(Topics.FLEET_EVENTS);
        AgentKafka.of(host).write(Topics.FLEET_EVENTS);
    }

    @Test
    void aHostMayComeWithANewKeyThatIsItsKeyFromThenOn() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("rekeyed");
        KeyPair fresh = TestRequests.pair();

        // When
        ValidatableResponse renewed = renew(signed(host, fresh));

        // Then
        String certificate = renewed.statusCode(200).extract().path("certificate");
        assertThat(x509(renewed).getPublicKey()).isEqualTo(fresh.getPublic());
        assertThat(fleet.find(host.id()).orElseThrow().identity().fingerprint())
                .isEqualTo(Fingerprint.of(fresh.getPublic()));
        renew(signed(certificate, fresh, claim(host.id(), fresh))).statusCode(200);
    }

    @Test
    void aHostThatEnrolledBeforeKeysWereKeptRenewsToo() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("veteran");
        database.write(
                "update host_identity set fingerprint = '' where host_id = ?",
                host.id().value());
        database.write(
                "update host_certificate set fingerprint = '', pem = '' where host_id = ?",
                host.id().value());

        // When
        ValidatableResponse renewed = renew(signed(host, host.pair()));

        // Then
        renewed.statusCode(200);
        assertThat(fleet.find(host.id()).orElseThrow().identity().fingerprint())
                .isEqualTo(Fingerprint.of(host.pair().getPublic()));
    }

    @Test
    void aCertificateThatEndedMayBeRenewedForNinetyDays() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("late");
        clock.advance(AgentCertificates.LIFE.plus(Renewals.LATE_MAX).minus(Duration.ofHours(1)));

        // When, Then
        renew(signed(host, host.pair())).statusCode(200);
    }

    @Test
    void aCertificateThatEndedLongerAgoIsRefused() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("too-late");
        clock.advance(AgentCertificates.LIFE.plus(Renewals.LATE_MAX).plus(Duration.ofHours(1)));

        // When, Then
        refused(host, signed(host, host.pair()), "more than 90 days ago");
    }

    @Test
    void aRevokedIdentityIsNotRenewed() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("revoked");
        revocations.revoke(host.id(), "stolen", Actor.person("ola"));

        // When, Then
        refused(host, signed(host, host.pair()), "revoked");
    }

    @Test
    void aRetiredHostIsNotRenewed() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("retired");
        hosts.apply(host.id(), new HostEvent.Failed("broken"));
        hosts.apply(host.id(), new HostEvent.RetirementAsked("scrapped"));

        // When, Then
        refused(host, signed(host, host.pair()), "retired");
    }

    @Test
    void theKeyOfAnEarlierEnrolmentIsNotRenewed() throws Exception {
        // Given
        EnrolledHost before = scene.enrol("twice");
        hosts.apply(before.id(), new HostEvent.Failed("stolen"));
        EnrolledHost after = scene.enrolAgain(before.id());

        // When, Then
        refused(before, signed(before, before.pair()), "revoked");
        renew(signed(after, after.pair())).statusCode(200).body("enrolment", equalTo(2));
    }

    @Test
    void aForgedRenewalIsRefused() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("victim");
        EnrolledHost attacker = scene.enrol("attacker");
        KeyPair stranger = TestRequests.pair();
        RenewalClaim claim = claim(host.id(), stranger);

        // When, Then
        refused(host, signed(host.identity().certificate(), stranger, claim), "not signed");
        refused(host, signed(attacker.identity().certificate(), attacker.pair(), claim), "not signed");
        refused(
                host,
                signed("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", stranger, claim),
                "not signed");
        Map<String, Object> altered = new HashMap<>(signed(host, host.pair()));
        altered.put("csr", TestRequests.pem(stranger, "CN=x"));
        refused(host, altered, "not signed");
    }

    @Test
    void aReplayedRenewalIsRefused() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("replayed");
        Map<String, Object> sent = signed(host, host.pair());
        renew(sent).statusCode(200);

        // When, Then
        refused(host, sent, "used before");
        clock.advance(Duration.ofHours(2));
        refused(host, sent, "minutes from now");
    }

    @Test
    void aReplayIsRenewedWhereItsNonceIsForgotten() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("forgotten");
        Map<String, Object> sent = signed(host, host.pair());
        renew(sent).statusCode(200);

        // When
        database.write("delete from renewal_nonce where host_id = ?", host.id().value());

        // Then
        renew(sent).statusCode(200);
    }

    @Test
    void aHostThatIsNotThereLearnsNothing() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("real");
        HostId nobody = HostId.of(UUID.randomUUID());

        // When
        ValidatableResponse answer =
                renew(signed(host.identity().certificate(), host.pair(), claim(nobody, host.pair())));

        // Then
        answer.statusCode(403).body("code", equalTo("renewal-refused"));
    }

    private void refused(EnrolledHost host, Map<String, Object> body, String why) {
        renew(body)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("renewal-refused"))
                .body("detail", containsString(why));
        List<String> kinds = database.all(
                "select kind from incident where host = ?",
                row -> row.text("kind"),
                host.id().value());
        assertThat(kinds).contains("RENEWAL_REFUSED");
    }

    private static ValidatableResponse renew(Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/identity/renewals")
                .then();
    }

    private RenewalClaim claim(HostId host, KeyPair wanted) {
        return new RenewalClaim(host, TestRequests.pem(wanted, "CN=admin"), clock.instant(), UUID.randomUUID());
    }

    /** Asks for {@code wanted} with what the host got when it enrolled. */
    private Map<String, Object> signed(EnrolledHost host, KeyPair wanted) throws GeneralSecurityException {
        return signed(host.identity().certificate(), host.pair(), claim(host.id(), wanted));
    }

    private static Map<String, Object> signed(String certificate, KeyPair signing, RenewalClaim claim)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signing.getPrivate());
        signature.update(claim.signedBytes());
        return Map.of(
                "hostId",
                claim.hostId().toString(),
                "certificate",
                certificate,
                "csr",
                claim.csr(),
                "at",
                claim.at().toString(),
                "nonce",
                claim.nonce().toString(),
                "signature",
                Base64.getEncoder().encodeToString(signature.sign()));
    }

    private static X509Certificate x509(ValidatableResponse renewed) throws GeneralSecurityException {
        String pem = renewed.extract().path("certificate");
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
