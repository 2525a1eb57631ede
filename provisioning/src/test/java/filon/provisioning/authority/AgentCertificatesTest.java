package filon.provisioning.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCertificatesTest {
    private final HostId host = HostId.of(UUID.randomUUID());

    @TempDir
    Path directory;

    private AgentCertificates certificates;

    @BeforeEach
    void open() throws IOException {
        certificates = Authority.open(directory.resolve("authority"), Clock.systemUTC())
                .certificates();
    }

    @Test
    void aRequestForAdminGetsTheAgentsName() throws GeneralSecurityException {
        // Given
        KeyPair pair = TestRequests.pair();
        String csr = TestRequests.pem(pair, "CN=admin,O=everything");

        // When
        X509Certificate certificate =
                x509(certificates.issue(host, 1, AgentCertificates.prove(csr)).pem());

        // Then
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=agent-" + host);
        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
    }

    @Test
    void eachEnrolmentHasANameOfItsOwn() throws GeneralSecurityException {
        // Given
        String csr = TestRequests.pem(TestRequests.pair(), "CN=x");

        // When
        X509Certificate certificate =
                x509(certificates.issue(host, 2, AgentCertificates.prove(csr)).pem());

        // Then
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=agent-" + host + "-2");
    }

    @Test
    void knowsItsOwnCertificatesAndNoOthers() throws IOException {
        // Given
        String csr = TestRequests.pem(TestRequests.pair(), "CN=x");
        AgentCertificates stranger =
                Authority.open(directory.resolve("stranger"), Clock.systemUTC()).certificates();
        AgentCertificates.Issued own = certificates.issue(host, 1, AgentCertificates.prove(csr));

        // Then
        assertThat(certificates.shown(own.pem()))
                .map(AgentCertificates.Shown::serial)
                .contains(own.serial());
        assertThat(stranger.shown(own.pem())).isEmpty();
        assertThat(certificates.shown("hello")).isEmpty();
    }

    @Test
    void aCertificateProvesAClientAndNothingElse() throws GeneralSecurityException {
        // When
        X509Certificate certificate = x509(certificates
                .issue(host, 1, AgentCertificates.prove(TestRequests.pem(TestRequests.pair(), "CN=x")))
                .pem());

        // Then
        certificate.verify(x509(certificates.authorityPem()).getPublicKey());
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(30), Duration.ofDays(30).plusMinutes(11));
    }

    @Test
    void refusesARequestSignedWithAnotherKey() {
        // Given
        String csr = TestRequests.pem(TestRequests.pair(), TestRequests.pair(), "CN=x", "SHA256withECDSA");

        // Then
        assertThatThrownBy(() -> AgentCertificates.prove(csr))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not signed with the key it names");
    }

    @Test
    void refusesKeysThatAreNotP256() throws GeneralSecurityException {
        // Given
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String csr = TestRequests.pem(rsa, rsa, "CN=x", "SHA256withRSA");

        // Then
        assertThatThrownBy(() -> AgentCertificates.prove(csr)).hasMessageContaining("not EC P-256");
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (String text : new String[] {"", "hello", certificates.authorityPem(), "x".repeat(8_193)}) {
            assertThatThrownBy(() -> AgentCertificates.prove(text))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("certificate request");
        }
    }

    private static X509Certificate x509(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
