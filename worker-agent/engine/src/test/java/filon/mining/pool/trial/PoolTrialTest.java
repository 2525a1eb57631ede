package filon.mining.pool.trial;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.trial.PoolReport.Finding;
import filon.mining.pool.trial.PoolReport.Outcome;
import filon.mining.pool.wire.LoopbackServer;
import filon.mining.pool.wire.TestCertificate;
import filon.mining.pool.wire.TestCertificate.Says;
import filon.mining.pool.wire.TestNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTrialTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final AddressRules LOOPBACK = AddressRules.publicOnly().allowing(List.of("127.0.0.0/8"));

    @TempDir
    Path folder;

    private static PoolOrder pool(String address, PoolTrust trust, String... movesTo) {
        return new PoolOrder(new Pool(PoolAddress.of(address), "wallet.rig1", "x"), trust, 0, "", List.of(movesTo));
    }

    private static PoolReport report(PoolOrder order, Duration limit) {
        return new PoolTrial(ProofsOfWork.of("sha256d"), LOOPBACK, limit).of(order);
    }

    private static PoolReport report(String address) {
        return report(pool(address, PoolTrust.verified()), AMPLE);
    }

    private static PoolReport reportOf(LoopbackServer.Script script, Duration limit) throws IOException {
        try (LoopbackServer server = LoopbackServer.plain(script)) {
            return report(pool("stratum+tcp://127.0.0.1:" + server.port(), PoolTrust.verified()), limit);
        }
    }

    private static PoolReport reportOf(TestCertificate shown, PoolTrust trust) throws IOException {
        try (LoopbackServer server = LoopbackServer.encrypted(shown.context(), PoolScript.good())) {
            return report(pool("stratum+ssl://127.0.0.1:" + server.port(), trust), AMPLE);
        }
    }

    private static List<Fault> faults(PoolReport report) {
        return report.findings().stream().map(Finding::fault).toList();
    }

    private static LoopbackServer.Script answering(String text) {
        return (socket, server) -> {
            server.hearSome(socket.getInputStream());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            server.hear(socket.getInputStream());
        };
    }

    @Test
    void tellsWhatAGoodPoolOffers() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.good(), AMPLE);

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.isUsable()).isTrue();
        assertThat(report.agreed())
                .containsEntry("extranonce1", "aabbccdd")
                .containsEntry("extranonce2 bytes", "4")
                .containsEntry("version-rolling mask", "1fffe000");
        assertThat(report.job()).hasValueSatisfying(job -> {
            assertThat(job.id()).isEqualTo("7a");
            assertThat(job.isClean()).isTrue();
            assertThat(job.difficulty()).isEqualTo(1);
            assertThat(job.hashesPerShare()).isBetween(4.29e9, 4.3e9);
            assertThat(job.shareTimes()).anySatisfy(time -> {
                assertThat(time.hashesPerSecond()).isEqualTo(100_000_000);
                assertThat(time.seconds()).isBetween(42.9, 43.0);
            });
        });
        assertThat(report.timing().roundTrip()).isPresent();
    }

    @Test
    void measuresNoRoundTripWhereThePoolDoesNotAnswerAfterItsJob() throws Exception {
        // Given
        PoolScript quiet = new PoolScript(
                Map.of("mining.subscribe", "\"result\":[[],\"aabbccdd\",4]", "mining.authorize", "\"result\":true"),
                PoolScript.good().afterwards());

        // When
        PoolReport report = reportOf(quiet, AMPLE);

        // Then
        assertThat(report.isUsable()).isTrue();
        assertThat(report.timing().roundTrip()).isEmpty();
    }

    @Test
    void tellsThatANameDoesNotResolve() {
        // When
        PoolReport report = report("stratum+tcp://nobody.test:3333");

        // Then
        assertThat(faults(report)).containsExactly(Fault.NAME_UNKNOWN);
        assertThat(report.findings().getFirst().text()).contains("nobody.test");
    }

    @Test
    void tellsThatAnAddressIsForbidden() {
        // When
        PoolReport report = report("stratum+tcp://" + TestNames.of("127.0.0.1", "10.1.2.3") + ":3333");

        // Then
        assertThat(faults(report)).containsExactly(Fault.ADDRESS_FORBIDDEN);
        assertThat(report.attempts().getFirst().contacts())
                .extracting(PoolReport.Contact::outcome)
                .containsExactly(Outcome.NOT_TRIED, Outcome.FORBIDDEN);
    }

    @Test
    void tellsThatNothingListens() throws Exception {
        // Given
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = gone.getLocalPort();
        }

        // When
        PoolReport report = report("stratum+tcp://127.0.0.1:" + port);

        // Then
        assertThat(faults(report)).containsExactly(Fault.CONNECTION_REFUSED);
    }

    @Test
    void tellsThatNobodyAnswersTheConnection() throws Exception {
        // Given a queue of connections that is full: the system answers no further ones
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket _ = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
            // When
            PoolReport report =
                    report(pool("stratum+tcp://127.0.0.1:" + full.getLocalPort(), PoolTrust.verified()), SHORT);

            // Then
            assertThat(faults(report)).containsExactly(Fault.CONNECTION_TIMED_OUT);
        }
    }

    @Test
    void notesTheAddressesThatFailedWhereAnotherAnswered() throws Exception {
        // Given
        try (LoopbackServer server = LoopbackServer.plain(PoolScript.good())) {
            String host = TestNames.of("127.0.0.7", "127.0.0.1");

            // When
            PoolReport report = report("stratum+tcp://" + host + ":" + server.port());

            // Then
            assertThat(report.isUsable()).isTrue();
            assertThat(report.notes()).anyMatch(note -> note.startsWith("1 of 2 addresses of " + host));
            assertThat(report.attempts().getFirst().contacts())
                    .extracting(PoolReport.Contact::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.CONNECTED);
        }
    }

    @Test
    void tellsThatAPortWantsTlsByItsAlertAndWhichSchemeToUse() throws Exception {
        // When
        PoolReport report = reportOf(answering("\u0015\u0003\u0003\u0000\u0002\u0002\u0046"), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.TLS_WANTED);
        assertThat(report.findings().getFirst().advice()).startsWith("use stratum+ssl://127.0.0.1:");
    }

    @Test
    void tellsThatAPortWantsTlsByTryingItWhereClearTextIsHungUpOn() throws Exception {
        // Given a port that closes on clear text without an alert, as many do
        AtomicInteger behindPort = new AtomicInteger();
        TestCertificate certificate = TestCertificate.selfSigned(Says.of("127.0.0.1"));
        LoopbackServer.Script picky = (socket, server) -> {
            socket.setSoTimeout(10_000);
            int first = socket.getInputStream().read();
            if (first == 0x16) {
                try (Socket behind = new Socket("127.0.0.1", behindPort.get())) {
                    behind.getOutputStream().write(first);
                    Thread.ofVirtual().start(() -> pump(behind, socket));
                    socket.getInputStream().transferTo(behind.getOutputStream());
                }
            }
        };
        try (LoopbackServer behind =
                LoopbackServer.encrypted(certificate.context(), LoopbackServer.Script.listening())) {
            behindPort.set(behind.port());

            // When
            PoolReport report = reportOf(picky, AMPLE);

            // Then
            assertThat(faults(report)).containsExactly(Fault.TLS_WANTED);
            assertThat(report.findings().getFirst().advice()).startsWith("use stratum+ssl://127.0.0.1:");
            assertThat(behind.heard()).isEmpty();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // either side left
        }
    }

    @Test
    void tellsThatAPortSpeaksNoTlsAndWhichSchemeDoes() throws Exception {
        // Given
        try (LoopbackServer server = LoopbackServer.plain(answering("{\"id\":null}\n"))) {
            // When
            PoolReport report = report("stratum+ssl://127.0.0.1:" + server.port());

            // Then
            assertThat(faults(report)).containsExactly(Fault.TLS_MISSING);
            assertThat(report.findings().getFirst().advice()).contains("stratum+tcp://127.0.0.1:" + server.port());
            assertThat(new String(server.heard(), StandardCharsets.ISO_8859_1)).doesNotContain("mining");
        }
    }

    @Test
    void tellsThatAPortThatHangsUpOnTheHandshakeSpeaksNoTls() throws Exception {
        // Given
        LoopbackServer.Script closing = (socket, server) -> server.hearSome(socket.getInputStream());
        try (LoopbackServer server = LoopbackServer.plain(closing)) {
            // When
            PoolReport report = report("stratum+ssl://127.0.0.1:" + server.port());

            // Then
            assertThat(faults(report)).containsExactly(Fault.TLS_MISSING);
        }
    }

    @Test
    void tellsThatAPortThatIsSilentOnTheHandshakeSpeaksNoTls() throws Exception {
        // Given
        try (LoopbackServer server = LoopbackServer.plain(LoopbackServer.Script.listening())) {
            // When
            PoolReport report = report(pool("stratum+ssl://127.0.0.1:" + server.port(), PoolTrust.verified()), SHORT);

            // Then
            assertThat(faults(report)).containsExactly(Fault.TLS_MISSING);
        }
    }

    @Test
    void tellsWhoVouchesForAnEncryptedPool() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder)) {
            // When
            PoolReport report = reportOf(authority.issue(Says.of("127.0.0.1")), PoolTrust.verified());

            // Then
            assertThat(report.findings()).isEmpty();
            assertThat(report.attempts().getFirst().encryption()).hasValueSatisfying(encryption -> {
                assertThat(encryption.version()).isEqualTo("TLSv1.3");
                assertThat(encryption.certificate()).hasValueSatisfying(certificate -> {
                    assertThat(certificate.issuer()).isEqualTo("CN=Test authority");
                    assertThat(certificate.hosts()).containsExactly("127.0.0.1");
                });
            });
            assertThat(report.notes()).anyMatch(note -> note.contains("expires in 9 days"));
        }
    }

    @Test
    void tellsThatACertificateIsOfAnotherName() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder)) {
            // When
            PoolReport report = reportOf(authority.issue(Says.of("pool.example.com")), PoolTrust.verified());

            // Then
            assertThat(faults(report)).containsExactly(Fault.CERTIFICATE_OF_ANOTHER_NAME);
            assertThat(report.findings().getFirst().text()).contains("not for 127.0.0.1 but for pool.example.com");
        }
    }

    @Test
    void tellsThatACertificateHasExpired() throws Exception {
        // Given
        TestCertificate authority = TestCertificate.authority();
        try (var _ = authority.believed(folder)) {
            // When
            PoolReport report = reportOf(authority.issue(Says.of("127.0.0.1").expired()), PoolTrust.verified());

            // Then
            assertThat(faults(report)).containsExactly(Fault.CERTIFICATE_EXPIRED);
        }
    }

    @Test
    void tellsThatAnAuthorityIsUnknown() throws Exception {
        // When
        PoolReport report = reportOf(TestCertificate.authority().issue(Says.of("127.0.0.1")), PoolTrust.verified());

        // Then
        assertThat(faults(report)).containsExactly(Fault.CERTIFICATE_OF_UNKNOWN_AUTHORITY);
        assertThat(report.findings().getFirst().text()).contains("CN=Test authority");
    }

    @Test
    void tellsAllThatIsWrongWithACertificateAndThePinThatAcceptsIt() throws Exception {
        // Given
        TestCertificate odd =
                TestCertificate.selfSigned(Says.of("pool.example.com").expired());

        // When
        PoolReport report = reportOf(odd, PoolTrust.verified());

        // Then
        assertThat(faults(report))
                .containsExactly(
                        Fault.CERTIFICATE_EXPIRED, Fault.CERTIFICATE_OF_ANOTHER_NAME, Fault.CERTIFICATE_SELF_SIGNED);
        assertThat(report.findings())
                .extracting(Finding::advice)
                .allMatch(advice -> advice.contains("--tls-pin " + PoolTrust.fingerprint(odd.certificate())));
    }

    @Test
    void acceptsThePinnedCertificateAndNotesWhatIsOddAboutIt() throws Exception {
        // Given
        TestCertificate odd = TestCertificate.selfSigned(Says.of("127.0.0.1").expired());

        // When
        PoolReport report = reportOf(odd, new PoolTrust.Pinned(PoolTrust.fingerprint(odd.certificate())));

        // Then
        assertThat(report.isUsable()).isTrue();
        assertThat(report.notes()).anyMatch(note -> note.contains("expired at"));
    }

    @Test
    void tellsThatThePinDiffers() throws Exception {
        // Given
        TestCertificate shown = TestCertificate.selfSigned(Says.of("127.0.0.1"));

        // When
        PoolReport report = reportOf(shown, new PoolTrust.Pinned("00".repeat(32)));

        // Then
        assertThat(faults(report)).containsExactly(Fault.CERTIFICATE_NOT_PINNED);
        assertThat(report.findings().getFirst().text())
                .contains(PoolTrust.fingerprint(shown.certificate()), "00".repeat(32));
    }

    @Test
    void tellsThatItIsAWebServer() throws Exception {
        // When
        PoolReport report = reportOf(answering("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"), SHORT);

        // Then
        assertThat(faults(report)).containsExactly(Fault.SPEAKS_HTTP);
        assertThat(report.findings().getFirst().text()).contains("HTTP/1.1 400 Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", "220 mail ESMTP\r\n", "\u0001\u0002\u0000\u00ff\u0005"})
    void tellsWhatAStrangerSays(String words) throws Exception {
        // When
        PoolReport report = reportOf(answering(words), SHORT);

        // Then
        assertThat(faults(report)).containsExactly(Fault.SPEAKS_SOMETHING_ELSE);
        assertThat(report.attempts().getFirst().heard()).isNotEmpty();
    }

    @Test
    void tellsThatAPoolIsSilent() throws Exception {
        // When
        PoolReport report = reportOf(LoopbackServer.Script.listening(), SHORT);

        // Then
        assertThat(faults(report)).containsExactly(Fault.SILENT);
        assertThat(report.timing().total()).isLessThan(10_000);
    }

    @Test
    void tellsThatAPoolHangsUpWithoutAWord() throws Exception {
        // When
        PoolReport report = reportOf((socket, server) -> server.hearSome(socket.getInputStream()), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.HANGS_UP);
    }

    @Test
    void asksAPoolForTheLeastThatHangsUpOnExtensions() throws Exception {
        // Given
        AtomicInteger connections = new AtomicInteger();
        LoopbackServer.Script shy = (socket, server) -> {
            if (connections.incrementAndGet() > 1) {
                PoolScript.good().play(socket, server);
            } else {
                server.hearSome(socket.getInputStream());
            }
        };

        // When
        PoolReport report = reportOf(shy, AMPLE);

        // Then
        assertThat(report.isUsable()).isTrue();
        assertThat(report.attempts())
                .extracting(PoolReport.Attempt::asksForLeast)
                .containsExactly(false, true);
    }

    @Test
    void tellsWhyAPoolRefusesTheUser() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.refusing("mining.authorize", "no such wallet"), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.USER_REFUSED);
        assertThat(report.findings().getFirst().text()).contains("wallet.rig1", "no such wallet");
        assertThat(report.agreed()).containsEntry("extranonce1", "aabbccdd");
    }

    @Test
    void tellsWhyAPoolRefusesTheSubscription() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.refusing("mining.subscribe", "you are banned"), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.SUBSCRIPTION_REFUSED);
        assertThat(report.findings().getFirst().text()).contains("you are banned");
    }

    @Test
    void tellsThatThereIsNoJob() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.saying(PoolScript.difficulty("1")), SHORT);

        // Then
        assertThat(faults(report)).containsExactly(Fault.NO_JOB);
        assertThat(report.isAuthorised()).isTrue();
    }

    @Test
    void tellsWhatIsWrongWithAJob() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.saying(PoolScript.job("7a").replace("20000000", "2000")), SHORT);

        // Then
        assertThat(faults(report)).containsExactly(Fault.JOB_MALFORMED);
        assertThat(report.findings().getFirst().text()).contains("version has 4 hex digits, not 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e30", "1e-9"})
    void tellsThatADifficultyIsAbsurd(String difficulty) throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.saying(PoolScript.difficulty(difficulty), PoolScript.job("7a")), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.DIFFICULTY_ABSURD);
        assertThat(report.job()).isPresent();
    }

    @Test
    void tellsWhereAPoolSendsItsMinersAndDoesNotFollow() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.saying(PoolScript.reconnect("elsewhere.test", 4444)), AMPLE);

        // Then
        assertThat(faults(report)).containsExactly(Fault.SENDS_ELSEWHERE);
        assertThat(report.findings().getFirst().text()).contains("elsewhere.test:4444");
        assertThat(report.findings().getFirst().advice()).contains("--allow-move elsewhere.test");
        assertThat(report.attempts()).hasSize(1);
    }

    @Test
    void followsAPoolWhereItMaySendItsMiners() throws Exception {
        // Given
        try (LoopbackServer there = LoopbackServer.plain(PoolScript.good())) {
            String host = TestNames.of("127.0.0.1");
            try (LoopbackServer first =
                    LoopbackServer.plain(PoolScript.saying(PoolScript.reconnect(host, there.port())))) {
                // When
                PoolReport report =
                        report(pool("stratum+tcp://127.0.0.1:" + first.port(), PoolTrust.verified(), host), AMPLE);

                // Then
                assertThat(report.findings()).isEmpty();
                assertThat(report.notes()).anyMatch(note -> note.contains(host + ":" + there.port()));
            }
        }
    }

    @Test
    void tellsThatAPoolSendsItsMinersInACircle() throws Exception {
        // Given
        AtomicInteger port = new AtomicInteger();
        LoopbackServer.Script circle = (socket, server) ->
                PoolScript.saying(PoolScript.reconnect("127.0.0.1", port.get())).play(socket, server);
        try (LoopbackServer server = LoopbackServer.plain(circle)) {
            port.set(server.port());

            // When
            PoolReport report = report("stratum+tcp://127.0.0.1:" + server.port());

            // Then
            assertThat(faults(report)).containsExactly(Fault.SENDS_ELSEWHERE);
        }
    }

    @Test
    void tellsWhatEachDialectWasAnsweredUntilOneIsUnderstood() throws Exception {
        // Given a pool that knows ETHPROXY only
        String unknown = "\"result\":null,\"error\":{\"code\":-32601,\"message\":\"unknown method\"}";
        String word = "\"0x" + "00".repeat(32) + "\"";
        PoolScript ethproxy = new PoolScript(
                Map.of(
                        "mining.hello",
                        unknown,
                        "mining.subscribe",
                        unknown,
                        "eth_submitLogin",
                        "\"result\":true",
                        "eth_getWork",
                        "\"result\":[" + word + "," + word + ",\"0x" + "00000001" + "ff".repeat(28) + "\"]"),
                List.of());
        try (LoopbackServer server = LoopbackServer.plain(ethproxy)) {
            // When
            PoolReport report = new PoolTrial(ProofsOfWork.of("ethash"), LOOPBACK, AMPLE)
                    .of(pool("stratum+tcp://127.0.0.1:" + server.port(), PoolTrust.verified()));

            // Then
            assertThat(report.isUsable()).isTrue();
            assertThat(report.attempts()).hasSizeGreaterThan(1).last().satisfies(attempt -> {
                assertThat(attempt.dialect()).containsIgnoringCase("ethproxy");
                assertThat(attempt.end()).isEmpty();
            });
            assertThat(report.attempts().getFirst().end()).contains("unknown method");
        }
    }

    @Test
    void keepsControlCharactersOfAPoolFromTheReport() throws Exception {
        // When
        PoolReport report = reportOf(PoolScript.refusing("mining.authorize", "\\u001b[31mred"), AMPLE);

        // Then
        assertThat(report.toString()).doesNotContain("\u001b");
    }
}
