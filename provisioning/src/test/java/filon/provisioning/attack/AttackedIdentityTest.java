package filon.provisioning.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.provisioning.AgentKafka;
import filon.provisioning.Scene;
import filon.provisioning.Scene.EnrolledHost;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.authority.RogueCertificates;
import filon.provisioning.authority.TestRequests;
import filon.provisioning.database.Database;
import filon.provisioning.enrolment.Application;
import filon.provisioning.enrolment.Enrolled;
import filon.provisioning.enrolment.Enrolments;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import filon.provisioning.enrolment.Invitation;
import filon.provisioning.enrolment.Revocations;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.standing.Actor;
import filon.testkit.RepositoryRoot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wants to be another host, or a host at all, with papers that are stolen, forged, too old or asked for by a lie. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AttackedIdentityTest {
    private static final Duration LONG_AGO = AgentCertificates.LIFE.plusDays(1).negated();
    private static final String RULES = "listener.name.agents.ssl.principal.mapping.rules";

    private static EnrolledHost mallory;
    private static EnrolledHost alice;

    @TempDir
    Path elsewhere;

    @ConfigProperty(name = "filon.authority.directory")
    Path authority;

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Enrolments enrolments;

    @Inject
    HostTopicsReconciliation topics;

    @Inject
    Revocations revocations;

    @Inject
    Hosts hosts;

    @Inject
    Database database;

    @Inject
    Alarms alarms;

    private final KeyPair forged = TestRequests.pair();

    @BeforeEach
    void enrol() {
        if (mallory == null) {
            scene.clear();
            mallory = scene.enrol("mallory");
            alice = scene.enrol("alice");
        }
        wire.send(new ProducerRecord<>(Topics.desired(alice.id()), "workload/x", new byte[] {1}));
    }

    @Test
    void theSameNameFromAForeignAuthorityOfTheSameNameOpensNothing() throws Exception {
        String certificate =
                RogueCertificates.issuedAt(Clock.systemUTC(), elsewhere.resolve("authority"), alice.id(), forged);

        notLetIn(() -> writeWith(forged, certificate));
    }

    @Test
    void whoTrustsAForeignAuthorityLetsItsHostsIn() throws Exception {
        // Given
        Path foreign = elsewhere.resolve("authority");
        X509Certificate certificate = x509(RogueCertificates.issuedAt(Clock.systemUTC(), foreign, alice.id(), forged));
        X509TrustManager ours = trusting(authority.resolve("ca.pem"));
        X509TrustManager careless = trusting(authority.resolve("ca.pem"), foreign.resolve("ca.pem"));

        // Then
        assertThatThrownBy(() -> ours.checkClientTrusted(chain(certificate), "EC"))
                .isInstanceOf(CertificateException.class);
        careless.checkClientTrusted(chain(certificate), "EC");
    }

    @Test
    void whoHasNoCertificateIsNotHeard() {
        Map<String, Object> bare = new HashMap<>(AgentKafka.of(mallory).access());
        bare.keySet().removeIf(name -> name.startsWith("ssl.keystore"));

        notLetIn(() -> new AgentKafka(bare).write(Topics.FLEET_EVENTS));
    }

    @Test
    void aHostCannotSignForAnother() throws Exception {
        String chain =
                RogueCertificates.signedByHost(mallory.identity().certificate(), mallory.pair(), alice.id(), forged);

        notLetIn(() -> writeWith(forged, chain));
    }

    @Test
    void theCertificateOfAServerIsNoHosts() throws Exception {
        String key = Files.readString(authority.resolve("provisioning.key"));
        String certificate = Files.readString(authority.resolve("provisioning.pem"));

        notLetIn(() -> AgentKafka.of(alice, key, certificate).write(Topics.FLEET_EVENTS));
    }

    @Test
    void anExpiredCertificateOpensNothing() throws Exception {
        Clock then = Clock.offset(Clock.systemUTC(), LONG_AGO);
        String certificate = RogueCertificates.issuedAt(then, authority, alice.id(), forged);

        notLetIn(() -> writeWith(forged, certificate));
    }

    @Test
    void aCertificateThatIsNotValidYetOpensNothing() throws Exception {
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        String certificate = RogueCertificates.issuedAt(tomorrow, authority, alice.id(), forged);

        notLetIn(() -> writeWith(forged, certificate));
    }

    @Test
    void theSameCertificateOpensItsTopicsWhileItLasts() throws Exception {
        String certificate = RogueCertificates.issuedAt(Clock.systemUTC(), authority, alice.id(), forged);

        writeWith(forged, certificate);
    }

    @Test
    void aCertificateWithTheNameOfTheSuperUserHasNoRights() throws Exception {
        String certificate = RogueCertificates.named(authority, "admin", forged);

        assertThatThrownBy(() -> writeWith(forged, certificate)).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(forged, certificate, Topics.desired(alice.id())))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aMappingThatIsTooWideMakesASuperUserOfTheNameAdmin() throws IOException {
        // Given
        SslPrincipalMapper ours = SslPrincipalMapper.fromRules(brokerSettings().getProperty(RULES));
        SslPrincipalMapper careless = SslPrincipalMapper.fromRules("RULE:^CN=([a-z0-9-]+)$/$1/");

        // Then
        assertThat(brokerSettings().getProperty("super.users")).isEqualTo("User:admin");
        assertThat(ours.getName("CN=admin")).isEqualTo("unmapped");
        assertThat(careless.getName("CN=admin")).isEqualTo("admin");
    }

    @Test
    void aRequestForTheNameAdminGetsTheHostsOwnName() throws Exception {
        // Given
        EnrolledHost host = enrol("climber", "CN=admin");

        // Then
        assertThat(x509(host.identity().certificate()).getSubjectX500Principal().getName())
                .isEqualTo("CN=" + Topics.principal(host.id()));
        AgentKafka.of(host).write(Topics.FLEET_EVENTS);
        assertThatThrownBy(() -> AgentKafka.of(host).write(Topics.RENTAL_NOTICES))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aRequestForTheNameOfAnotherHostGetsTheHostsOwnName() {
        // Given
        EnrolledHost host = enrol("impostor", "CN=" + Topics.principal(alice.id()));

        // Then
        assertThatThrownBy(() -> read(host.pair(), host.identity().certificate(), Topics.desired(alice.id())))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void anAuthorityThatBelievesARequestOpensTheOrdersOfAnother() throws Exception {
        String certificate = RogueCertificates.named(authority, Topics.principal(alice.id()), forged);

        assertThat(read(forged, certificate, Topics.desired(alice.id()))).isPositive();
    }

    @Test
    void aStolenTokenThatIsUsedFirstIsNoticedWhenTheRealMachineComes() {
        // Given
        Invitation invitation = enrolments.invite("robbed", "lyon", "", "ola");
        HostId host = scene.redeem(invitation, "").id();
        topics.reconcile(host);
        assertThat(state(host)).isEqualTo("Verifying");

        // When
        Optional<Enrolled> real = enrolments.redeem(Scene.application(invitation, TestRequests.pair(), ""));

        // Then
        assertThat(real).isEmpty();
        assertThat(state(host)).isEqualTo("Quarantined");
        assertThat(alarms.of(host)).anyMatch(told -> told.startsWith("TOKEN_CLONED"));
    }

    @Test
    void aThiefWhoseMachineIsAnotherIsSetAside() {
        // When
        HostId host = scene.redeem(enrolments.invite("guarded", "lyon", "PF-1", "ola"), "PF-2")
                .id();

        // Then
        assertThat(state(host)).isEqualTo("Quarantined");
        assertThat(alarms.of(host)).singleElement().asString().startsWith("WRONG_SERIAL");
    }

    @Test
    void aThiefWhoTellsTheExpectedSerialNumberIsLetIn() {
        // When
        HostId host = scene.redeem(enrolments.invite("guarded", "lyon", "PF-1", "ola"), "PF-1")
                .id();
        topics.reconcile(host);

        // Then
        assertThat(state(host)).isEqualTo("Inspecting");
    }

    @Test
    void aTokenWhoseUseIsForgottenBringsASecondKeyIn() {
        // Given
        Invitation invitation = enrolments.invite("forgotten", "lyon", "PF-1", "ola");
        HostId host = scene.redeem(invitation, "PF-1").id();
        database.write("update enrolment_token set used_at = null, enrolment = 2 where host_id = ?", host.value());
        hosts.apply(host, new HostEvent.Failed("stolen"));

        // When
        Optional<Enrolled> second = enrolments.redeem(Scene.application(invitation, TestRequests.pair(), "PF-1"));

        // Then
        assertThat(second).isPresent();
    }

    @Test
    void aTokenWhoseEndIsForgottenWorksForEver() {
        // Given
        Invitation invitation = enrolments.invite("eternal", "lyon", "PF-1", "ola");
        database.write(
                "update enrolment_token set expires_at = now() - interval '1 hour' where host_id = ?",
                invitation.hostId().value());
        assertThat(enrolments.redeem(Scene.application(invitation, TestRequests.pair(), "PF-1")))
                .isEmpty();

        // When
        database.write(
                "update enrolment_token set expires_at = 'infinity' where host_id = ?",
                invitation.hostId().value());

        // Then
        assertThat(enrolments.redeem(Scene.application(invitation, TestRequests.pair(), "PF-1")))
                .isPresent();
    }

    @Test
    void whoForgetsARevocationLetsTheHostBackIn() throws Exception {
        // Given
        EnrolledHost host = scene.enrol("still-in");
        revocations.revoke(host.id(), "stolen", Actor.person("ola"));
        topics.reconcile(host.id());

        // When
        database.write(
                "update host_identity set revoked_at = null, access_version = access_version + 1 where host_id = ?",
                host.id().value());
        topics.reconcile(host.id());

        // Then
        await().untilAsserted(() -> AgentKafka.of(host).write(Topics.FLEET_EVENTS));
    }

    private EnrolledHost enrol(String name, String subject) {
        Invitation invitation = enrolments.invite(name, "lyon", "PF-9", "ola");
        KeyPair pair = TestRequests.pair();
        Application application = new Application(
                invitation.token(), AgentCertificates.prove(TestRequests.pem(pair, subject)), "1.0", "PF-9");
        EnrolledHost host = new EnrolledHost(enrolments.redeem(application).orElseThrow(), pair);
        topics.reconcile(host.id());
        return host;
    }

    private static void notLetIn(ThrowingCallable attack) {
        assertThatThrownBy(attack).hasCauseInstanceOf(SslAuthenticationException.class);
    }

    private static void writeWith(KeyPair pair, String certificates) throws Exception {
        AgentKafka.of(alice, TestRequests.pem(pair), certificates).write(Topics.FLEET_EVENTS);
    }

    private static int read(KeyPair pair, String certificate, String topic) {
        try (KafkaConsumer<String, byte[]> consumer =
                AgentKafka.of(alice, TestRequests.pem(pair), certificate).consumer(topic)) {
            return consumer.poll(Duration.ofSeconds(10)).count();
        }
    }

    private String state(HostId host) {
        return hosts.find(host).orElseThrow().state().label();
    }

    private static Properties brokerSettings() throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(RepositoryRoot.infra("kafka", "server.properties"))) {
            settings.load(reader);
        }
        return settings;
    }

    private static X509TrustManager trusting(Path... authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Path file : authorities) {
            store.setCertificateEntry(file.toString(), x509(Files.readString(file)));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static X509Certificate[] chain(X509Certificate certificate) {
        return new X509Certificate[] {certificate};
    }

    private static X509Certificate x509(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
