package filon.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import filon.agent.control.ControlPlane;
import filon.agent.enrolment.EnrolmentAnswer.Accepted;
import filon.agent.enrolment.EnrolmentAnswer.Refused;
import filon.agent.enrolment.EnrolmentAnswer.Unavailable;
import filon.agent.identity.Identity;
import filon.agent.identity.IdentityStore;
import filon.agent.identity.Provisioning;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    private final TestAuthority authority = new TestAuthority();
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Identity identity = new Identity(
            HostId.of(UUID.randomUUID()),
            "certificate",
            "authority",
            List.of("127.0.0.1:9094"),
            List.of(new ControlPlane().publicKey()),
            "0f".repeat(32),
            1);
    private volatile int status = 201;
    private volatile String answer = MessageCodec.json(identity);
    private HttpsServer server;

    @TempDir
    Path home;

    @BeforeEach
    void startProvisioning() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
        server.createContext("/enrolment", exchange -> {
            requests.add(exchange.getRequestBody().readAllBytes());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Files.writeString(home.resolve("authority.pem"), authority.certificatePem());
    }

    @AfterEach
    void stopProvisioning() {
        server.stop(0);
    }

    @Test
    void bringsAnIdentityForATokenAndKeepsIt() throws Exception {
        // When
        Identity enrolled = enrol(desk(), Optional.of("one-use"));

        // Then
        assertThat(enrolled).isEqualTo(identity);
        assertThat(new IdentityStore(home).identity()).contains(identity);
    }

    @Test
    void provesThatItHasTheKeyItWantsACertificateFor() throws Exception {
        // When
        enrol(desk(), Optional.of("one-use"));

        // Then
        JsonNode sent = MessageCodec.mapper().readTree(requests.getFirst());
        assertThat(sent.path("token").asText()).isEqualTo("one-use");
        assertThat(sent.path("agentVersion").asText()).isEqualTo("0.1.0");
        assertThat(sent.path("serial").asText()).isEqualTo("SN-7");
        try (PEMParser parser = new PEMParser(new StringReader(sent.path("csr").asText()))) {
            PKCS10CertificationRequest csr = (PKCS10CertificationRequest) parser.readObject();
            var key = new JcaContentVerifierProviderBuilder().build(csr.getSubjectPublicKeyInfo());
            assertThat(csr.isSignatureValid(key)).isTrue();
            assertThat(csr.getSubjectPublicKeyInfo().getEncoded())
                    .isEqualTo(new IdentityStore(home).key().publicKey().getEncoded());
        }
    }

    @Test
    void ignoresTheTokenOnceItIsEnrolled() throws Exception {
        // Given
        enrol(desk(), Optional.of("one-use"));

        // When
        Identity again = enrol(desk(), Optional.of("another"));

        // Then
        assertThat(again).isEqualTo(identity);
        assertThat(requests).hasSize(1);
    }

    @Test
    void saysWhyItsTokenWasRefused() throws Exception {
        // Given
        status = 409;
        answer = "{\"title\":\"The enrolment token was used\",\"detail\":\"token used at noon\"}";

        // When + Then
        assertThatThrownBy(() -> enrol(desk(), Optional.of("spent")))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("409")
                .hasMessageContaining("token used at noon");
        assertThat(new IdentityStore(home).identity()).isEmpty();
    }

    @Test
    void asksAgainWithTheSameKeyAfterACrashBeforeTheAnswerWasStored() throws Exception {
        // Given
        byte[] keyBefore = new IdentityStore(home).key().publicKey().getEncoded();

        // When
        enrol(desk(), Optional.of("one-use"));

        // Then
        assertThat(new IdentityStore(home).key().publicKey().getEncoded()).isEqualTo(keyBefore);
    }

    @Test
    void waitsLongerEachTimeWhileNobodyAnswers() throws Exception {
        // Given
        List<EnrolmentAnswer> answers = new ArrayList<>(
                List.of(new Unavailable("a"), new Unavailable("b"), new Unavailable("c"), new Accepted(identity)));

        // When
        enrol(request -> answers.removeFirst(), Optional.of("one-use"));

        // Then
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void doesNotSpeakToAServerOfAnotherAuthority() throws Exception {
        // Given
        Files.writeString(home.resolve("authority.pem"), new TestAuthority().certificatePem());

        // When
        EnrolmentAnswer refused = desk().enrol(new EnrolmentRequest("secret", "csr", "1", "host", "", List.of()));

        // Then
        assertThat(refused).isInstanceOf(Unavailable.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void takesAServerErrorForAReasonToAskAgain() throws Exception {
        // Given
        status = 503;
        answer = "{\"detail\":\"starting\"}";

        // When
        EnrolmentAnswer later = desk().enrol(new EnrolmentRequest("token", "csr", "1", "host", "", List.of()));

        // Then
        assertThat(later).isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                .contains("503")
                .contains("starting"));
    }

    @Test
    void refusesAnAnswerThatIsNoIdentity() throws Exception {
        // Given
        answer = "{\"hostId\":\"" + UUID.randomUUID() + "\"}";

        // When
        EnrolmentAnswer odd = desk().enrol(new EnrolmentRequest("token", "csr", "1", "host", "", List.of()));

        // Then
        assertThat(odd).isInstanceOf(Refused.class);
    }

    private EnrolmentDesk desk() throws IOException {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        return EnrolmentDesk.at(new Provisioning(url, Files.readString(home.resolve("authority.pem"))));
    }

    private Identity enrol(EnrolmentDesk desk, Optional<String> token) throws Exception {
        return new Enrolment(new IdentityStore(home), desk, pauses::add)
                .identity(token, new Enrolment.Introduction("0.1.0", "test", "SN-7", List.of()));
    }
}
