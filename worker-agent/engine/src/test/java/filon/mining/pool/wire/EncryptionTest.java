package filon.mining.pool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.pool.PoolTrust;
import filon.mining.pool.WireStep;
import filon.mining.pool.wire.TestCertificate.Says;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
    private static final String SECRET = "mining.authorize me x\n";
    private static final LoopbackServer.Script GREETING = (socket, server) -> {
        socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        server.hearSome(socket.getInputStream());
    };

    @TempDir
    Path folder;

    private static LoopbackServer server(TestCertificate shown) throws Exception {
        return LoopbackServer.encrypted(shown.context(), GREETING);
    }

    private static HeardWire wireTo(LoopbackServer server, PoolTrust trust) {
        return HeardWire.to("stratum+ssl://127.0.0.1:" + server.port(), trust);
    }

    @Test
    void believesACertificateThatAnAuthorityVouchesForAndSpeaksTheNewestTls() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder);
                LoopbackServer pool = server(authority.issue(Says.of("127.0.0.1")))) {
            // When
            HeardWire wire = wireTo(pool, PoolTrust.verified());

            // Then
            assertThat(wire.word()).isEqualTo("hello\n");
            assertThat(wire.steps(WireStep.Encrypted.class).map(WireStep.Encrypted::version))
                    .containsExactly("TLSv1.3");
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesForAndSaysNothingToThatPool() throws Exception {
        // Given
        try (LoopbackServer pool = server(TestCertificate.selfSigned(Says.of("127.0.0.1")))) {
            // When
            HeardWire wire = wireTo(pool, PoolTrust.verified());
            wire.say(SECRET);

            // Then
            assertThat(wire.end()).contains("certificate is not accepted", "PKIX", "pinned");
            assertThat(pool.heardByFirst()).isEmpty();
        }
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder);
                LoopbackServer pool = server(authority.issue(Says.of("pool.example.com", "127.0.0.9")))) {
            // When
            HeardWire wire = wireTo(pool, PoolTrust.verified());
            wire.say(SECRET);

            // Then
            assertThat(wire.end()).contains("certificate is not accepted", "No subject alternative names matching");
            assertThat(pool.heardByFirst()).isEmpty();
        }
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder);
                LoopbackServer pool =
                        server(authority.issue(Says.of("127.0.0.1").expired()))) {
            // When
            HeardWire wire = wireTo(pool, PoolTrust.verified());
            wire.say(SECRET);

            // Then
            assertThat(wire.end()).contains("certificate is not accepted", "validity");
            assertThat(pool.heardByFirst()).isEmpty();
        }
    }

    @Test
    void believesAPinnedCertificateWhateverItSays() throws Exception {
        // Given
        TestCertificate odd =
                TestCertificate.selfSigned(Says.of("pool.example.com").expired());
        try (LoopbackServer pool = server(odd)) {
            // When
            HeardWire wire = wireTo(pool, new PoolTrust.Pinned(PoolTrust.fingerprint(odd.certificate())));

            // Then
            assertThat(wire.word()).isEqualTo("hello\n");
        }
    }

    @Test
    void refusesAnyCertificateButThePinnedOneEvenWhereAnAuthorityVouchesForIt() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        TestCertificate other = TestCertificate.selfSigned(Says.of("127.0.0.1"));
        TestCertificate shown = authority.issue(Says.of("127.0.0.1"));
        try (var _ = authority.believed(folder);
                LoopbackServer pool = server(shown)) {
            // When
            HeardWire wire = wireTo(pool, new PoolTrust.Pinned(PoolTrust.fingerprint(other.certificate())));
            wire.say(SECRET);

            // Then
            assertThat(wire.end())
                    .contains(PoolTrust.fingerprint(shown.certificate()), PoolTrust.fingerprint(other.certificate()));
            assertThat(pool.heardByFirst()).isEmpty();
        }
    }

    @Test
    void believesEverybodyWhereItIsToldTo() throws Exception {
        // Given
        TestCertificate odd =
                TestCertificate.selfSigned(Says.of("pool.example.com").expired());
        try (LoopbackServer pool = server(odd)) {
            // When
            HeardWire wire = wireTo(pool, new PoolTrust.Unverified());

            // Then
            assertThat(wire.word()).isEqualTo("hello\n");
        }
    }

    @Test
    void tellsWhichCertificateWasShownEvenIfItIsRefused() throws Exception {
        // Given
        TestCertificate odd = TestCertificate.selfSigned(Says.of("127.0.0.1"));
        try (LoopbackServer pool = server(odd)) {
            // When
            HeardWire wire = wireTo(pool, PoolTrust.verified());
            wire.end();

            // Then
            assertThat(wire.steps(WireStep.Shown.class)
                            .map(shown -> shown.chain().getFirst()))
                    .containsExactly(odd.certificate());
            assertThat(wire.steps(WireStep.Encrypted.class)).isEmpty();
        }
    }

    @Test
    void neverSaysAClearWordToAPlainPortThatAnswersInClear() throws Exception {
        // Given
        LoopbackServer.Script answering = (socket, server) -> {
            server.hearSome(socket.getInputStream());
            socket.getOutputStream()
                    .write("{\"id\":1,\"result\":true,\"error\":null}\n".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            server.hear(socket.getInputStream());
        };
        try (LoopbackServer pool = LoopbackServer.plain(answering)) {
            // When
            HeardWire wire = wireTo(pool, new PoolTrust.Unverified());
            wire.say(SECRET);

            // Then
            assertThat(wire.end()).contains("speaks no TLS at this port");
            assertThat(new String(pool.heardByFirst(), StandardCharsets.ISO_8859_1))
                    .startsWith("\u0016\u0003")
                    .doesNotContain("mining");
        }
    }

    @Test
    void neverSaysAClearWordToAPlainPortThatSaysNothing() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(LoopbackServer.Script.listening())) {
            // When
            HeardWire wire = wireTo(pool, new PoolTrust.Unverified());
            wire.say(SECRET);
            pool.awaitWord();
            wire.wire().close();

            // Then
            assertThat(new String(pool.heardByFirst(), StandardCharsets.ISO_8859_1))
                    .startsWith("\u0016\u0003")
                    .doesNotContain("mining");
        }
    }
}
