package filon.practice;

import static filon.practice.Stratum1Hand.PING;
import static filon.practice.Stratum1Hand.PONG;
import static filon.practice.WireAssertions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@DisplayName("a practice pool behind a port")
class PracticeServerTest {
    private static final int PATIENCE_MILLIS = 30_000;

    private static PracticeServer server() throws IOException {
        return PracticeServer.started(Plan.ofSha256d(1e-6));
    }

    private static Socket socket(PracticeServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write((PING + "\n").getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @ParameterizedTest
    @CsvSource({
        "sha256d, STRATUM1, stratum+tcp",
        "ethash, ETHPROXY, ethproxy+tcp",
        "ethash, ETHEREUM1, stratum1+tcp",
        "ethash, ETHEREUM2, stratum2+tcp"
    })
    void isAddressedByTheSchemeOfItsDialect(String algorithm, Dialect dialect, String scheme) throws IOException {
        try (PracticeServer server =
                PracticeServer.started(Plan.of(ProofsOfWork.of(algorithm).reduced(), dialect, 1))) {
            assertThat(server.url()).isEqualTo(scheme + "://127.0.0.1:" + server.port());
        }
    }

    @Test
    void endsConnectionsThatItClosesBeforeTheyBegin() throws IOException {
        // Given
        List<Throwable> faults = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, fault) -> faults.add(fault));
        try (PracticeServer server = server()) {
            server.pool().close();

            // When
            for (int i = 0; i < 200; i++) {
                try (Socket socket = socket(server)) {
                    assertThat(socket.getInputStream().read()).isNegative();
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void resetsAConnectionWithTcpsRst() throws IOException {
        try (PracticeServer server = server();
                Socket socket = socket(server)) {
            // Given
            assertThat(ask(socket)).isEqualTo(PONG);

            // When
            server.pool().inject(new Fault.Disconnect(true));

            // Then
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void finishesAConnectionWithTcpsFin() throws IOException {
        try (PracticeServer server = server();
                Socket socket = socket(server)) {
            // Given
            assertThat(ask(socket)).isEqualTo(PONG);

            // When
            server.pool().inject(new Fault.Disconnect(false));

            // Then
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void streamsALineThatIsLargerThanItsMemory() throws IOException {
        // Given
        long wanted = 2_000_000_000L;
        assertThat(wanted).isGreaterThan(Runtime.getRuntime().maxMemory());
        try (PracticeServer server = server();
                Socket socket = socket(server)) {
            ask(socket);

            // When
            server.pool().inject(new Fault.HugeLine(wanted));

            // Then
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[1 << 16];
            long received = 0;
            int last = 0;
            while (received < wanted) {
                int count = in.read(piece);
                received += count;
                last = piece[count - 1];
            }
            assertThat(received).isEqualTo(wanted);
            assertThat(last).isEqualTo('\n');
        }
    }

    @Test
    void leavesWhatItDoesNotReadInTheMinersBuffers() throws IOException {
        try (PracticeServer server = server();
                Socket socket = socket(server)) {
            // Given
            ask(socket);
            server.pool().inject(new Fault.StopReading());

            // When
            Thread talker = Thread.ofVirtual().start(() -> talk(socket, 1 << 26));
            await(
                    "the miner's writes wait",
                    () -> talker.getState() == Thread.State.WAITING
                            || talker.getState() == Thread.State.TIMED_WAITING
                            || !talker.isAlive());

            // Then
            assertThat(server.pool().connections()).isLessThanOrEqualTo(1);
            assertThat(talker.isAlive())
                    .as("more than buffers hold was not taken")
                    .isTrue();
        }
    }

    private static void talk(Socket socket, int bytes) {
        try {
            socket.getOutputStream().write(" ".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void encryptsForWhoeverPinsItsFingerprint() throws Exception {
        // Given
        SelfSigned certificate = SelfSigned.of("127.0.0.1", Clock.systemUTC());
        try (PracticeServer server = encrypted(certificate);
                SSLSocket socket = connected(server, certificate)) {
            // When
            String answer = ask(socket);

            // Then
            byte[] seen = MessageDigest.getInstance("SHA-256")
                    .digest(socket.getSession().getPeerCertificates()[0].getEncoded());
            assertThat(HexFormat.of().formatHex(seen)).isEqualTo(certificate.fingerprint());
            assertThat(answer).isEqualTo(PONG);
            assertThat(server.url()).startsWith("stratum+ssl://");
        }
    }

    @Test
    void isRefusedByWhoLooksAtNamesWhenItsNameIsAnother() throws Exception {
        // Given
        SelfSigned certificate = SelfSigned.of("other.example", Clock.systemUTC());
        try (PracticeServer server = encrypted(certificate);
                SSLSocket socket = connected(server, certificate)) {
            // When // Then
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void endsAConnectionThatIsInTheClearWhereItShouldNotBe() throws IOException {
        try (PracticeServer server = encrypted(SelfSigned.of("127.0.0.1", Clock.systemUTC()));
                Socket socket = socket(server)) {
            // When
            socket.getOutputStream().write((PING + "\n").getBytes(StandardCharsets.UTF_8));

            // Then
            await("the connection is gone", () -> server.pool().connections() == 0);
        }
    }

    @Test
    void resetsAnEncryptedConnectionWithoutAGoodbye() throws Exception {
        SelfSigned certificate = SelfSigned.of("127.0.0.1", Clock.systemUTC());
        try (PracticeServer server = encrypted(certificate);
                SSLSocket socket = connected(server, certificate)) {
            // Given
            ask(socket);

            // When
            server.pool().inject(new Fault.Disconnect(true));

            // Then
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    private static PracticeServer encrypted(SelfSigned certificate) throws IOException {
        return PracticeServer.started(
                new PracticeServer.Place("127.0.0.1", 0, certificate),
                Plan.ofSha256d(1e-6),
                Clock.systemUTC(),
                line -> {});
    }

    /** A client that trusts this certificate and looks at its name. */
    private static SSLSocket connected(PracticeServer server, SelfSigned certificate)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("pool", certificate.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
