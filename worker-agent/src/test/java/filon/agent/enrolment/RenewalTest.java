package filon.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

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
import filon.contracts.value.RenewalClaim;
import filon.plumbing.codec.MessageCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(30);
    private final TestAuthority authority = new TestAuthority();
    private final Identity present = identity(BEGIN);
    private final Identity next = identity(BEGIN.plus(Duration.ofDays(20)));
    private final List<RenewalRequest> requests = new ArrayList<>();
    private final InstantSource time = () -> this.now;
    private Instant now = BEGIN;
    private EnrolmentAnswer answer = new Accepted(next);
    private IdentityStore store;
    private Renewal renewal;

    @TempDir
    Path home;

    @BeforeEach
    void enrol() throws Exception {
        store = new IdentityStore(home);
        store.save(present);
        renewal = new Renewal(store, this::answer, time.withZone(ZoneOffset.UTC), UUID::randomUUID);
    }

    private EnrolmentAnswer answer(RenewalRequest request) {
        requests.add(request);
        return answer;
    }

    @Test
    void renewsAtTwoThirdsOfTheLifeAndNotBefore() throws Exception {
        // When
        now = BEGIN.plus(Duration.ofDays(20)).minusSeconds(1);
        Optional<Identity> before = renewal.renewed(present);
        now = BEGIN.plus(Duration.ofDays(20));
        Optional<Identity> then = renewal.renewed(present);

        // Then
        assertThat(before).isEmpty();
        assertThat(then).contains(next);
        assertThat(store.identity()).contains(next);
        assertThat(renewal.renewed(next)).isEmpty();
        assertThat(requests).hasSize(1);
    }

    @Test
    void renewsAfterTheEndToo() throws Exception {
        // When
        now = BEGIN.plus(Duration.ofDays(119));

        // Then
        assertThat(renewal.renewed(present)).contains(next);
    }

    @Test
    void provesThatItHasTheCurrentKey() throws Exception {
        // When
        now = BEGIN.plus(Duration.ofDays(21));
        renewal.renewed(present);

        // Then
        RenewalRequest request = requests.getFirst();
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(store.key().publicKey());
        verifier.update(new RenewalClaim(request.hostId(), request.csr(), request.at(), request.nonce()).signedBytes());
        assertThat(verifier.verify(Base64.getDecoder().decode(request.signature())))
                .isTrue();
        assertThat(request.at()).isEqualTo(now);
        assertThat(request.certificate()).isEqualTo(present.certificate());
    }

    @Test
    void asksAgainAfterAMinuteWhileNobodyAnswers() throws Exception {
        // Given
        now = BEGIN.plus(Duration.ofDays(21));
        answer = new Unavailable("away");
        renewal.renewed(present);

        // When
        now = now.plusSeconds(59);
        renewal.renewed(present);
        answer = new Accepted(next);
        now = now.plusSeconds(1);

        // Then
        assertThat(renewal.renewed(present)).contains(next);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).nonce()).isNotEqualTo(requests.get(1).nonce());
    }

    @Test
    void keepsWhatItHasWhenItIsRefused() throws Exception {
        // Given
        now = BEGIN.plus(Duration.ofDays(21));
        answer = new Refused("revoked");

        // Then
        assertThat(renewal.renewed(present)).isEmpty();
        assertThat(store.identity()).contains(present);
    }

    @Test
    void asksProvisioningOfItsPinnedAuthority() throws Exception {
        // Given
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
        List<byte[]> bodies = new ArrayList<>();
        server.createContext("/identity/renewals", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            byte[] body = MessageCodec.json(next).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        store.save(new Provisioning(url, authority.certificatePem()));
        RenewalDesk desk = RenewalDesk.at(store.provisioning().orElseThrow());

        // When
        EnrolmentAnswer renewed = desk.renew(RenewalRequest.of(present, store.key(), now, UUID.randomUUID()));
        server.stop(0);

        // Then
        JsonNode sent = MessageCodec.mapper().readTree(bodies.getFirst());
        assertThat(renewed).isEqualTo(new Accepted(next));
        assertThat(sent.path("hostId").asText()).isEqualTo(present.hostId().toString());
        assertThat(Instant.parse(sent.path("at").asText())).isEqualTo(now);
    }

    private Identity identity(Instant begins) {
        return new Identity(
                HostId.of("00000000-0000-4000-8000-00000000000a"),
                authority.clientPem(begins, begins.plus(LIFE)),
                "authority",
                List.of("127.0.0.1:9094"),
                List.of(new ControlPlane().publicKey()),
                "0f".repeat(32),
                1);
    }
}
