package filon.mining.pool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.pool.PoolTrust;
import filon.mining.pool.WireStep;
import filon.mining.pool.wire.TestCertificate.Says;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SocketWireTest {
    private static final String IPV6_LOOPBACK = "::1";
    private static final LoopbackServer.Script ECHO =
            (socket, _) -> socket.getInputStream().transferTo(socket.getOutputStream());
    /** The server half of the connection ends while the other one stays open and unread. */
    private static final LoopbackServer.Script HALF_CLOSED = (socket, server) -> {
        socket.getOutputStream().write('\n');
        socket.shutdownOutput();
        LoopbackServer.Script.deaf().play(socket, server);
    };

    private static final LoopbackServer.Script HALF_CLOSED_LATER = (socket, server) -> {
        socket.getOutputStream().write('\n');
        server.awaitGoOn();
        socket.shutdownOutput();
        LoopbackServer.Script.deaf().play(socket, server);
    };

    @Test
    void triesTheAddressesOfANameInTheirOrderUntilOneAnswers() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(ECHO)) {
            String host = TestNames.of("127.0.0.9", "127.0.0.8", "127.0.0.1");

            // When
            HeardWire wire = HeardWire.to("stratum+tcp://" + host + ":" + pool.port());

            // Then
            assertThat(wire.peer()).isEqualTo("127.0.0.1:" + pool.port());
            assertThat(wire.steps(WireStep.Resolved.class).flatMap(step -> step.addresses().stream()))
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.9", "127.0.0.8", "127.0.0.1");
            assertThat(wire.steps(WireStep.Failed.class)
                            .map(step -> step.address().getHostAddress()))
                    .containsExactly("127.0.0.9", "127.0.0.8");
        }
    }

    @Test
    void connectsToNoAddressOfANameThatAlsoHasAForbiddenOne() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(ECHO)) {
            String host = TestNames.of("127.0.0.1", "169.254.169.254");

            // When
            HeardWire wire = HeardWire.to("stratum+tcp://" + host + ":" + pool.port());

            // Then
            assertThat(wire.end()).contains(host, "169.254.169.254", "forbidden range");
            assertThat(wire.steps(WireStep.Connected.class)).isEmpty();
        }
    }

    @Test
    void saysThatANameCannotBeResolved() throws Exception {
        // When
        HeardWire wire = HeardWire.to("stratum+tcp://nobody.test:3333");

        // Then
        assertThat(wire.end()).isEqualTo("host nobody.test cannot be resolved");
    }

    @Test
    void saysWhichAddressRefusedLast() throws Exception {
        // Given
        int port = closedPort();

        // When
        HeardWire wire = HeardWire.to("stratum+tcp://127.0.0.1:" + port);

        // Then
        assertThat(wire.end()).contains("at 127.0.0.1", "refused");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return gone.getLocalPort();
        }
    }

    @Test
    void connectsOverTheSixthVersionOfTheProtocol() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plainAt(ownAddress(), ECHO)) {
            // When
            HeardWire wire = HeardWire.to("stratum+tcp://[" + IPV6_LOOPBACK + "]:" + pool.port());

            // Then
            if (ownAddress().equals(IPV6_LOOPBACK)) {
                wire.say("hello\n");
                assertThat(wire.word()).isEqualTo("hello\n");
                assertThat(wire.peer()).isEqualTo("[0:0:0:0:0:0:0:1]:" + pool.port());
            } else {
                assertThat(wire.end()).contains("at 0:0:0:0:0:0:0:1");
            }
        }
    }

    /** That of the sixth version, where this machine has one. */
    private static String ownAddress() {
        try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.ofLiteral(IPV6_LOOPBACK))) {
            return IPV6_LOOPBACK;
        } catch (IOException none) {
            return "127.0.0.1";
        }
    }

    @Test
    void givesUpAPoolThatNeverReads() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(LoopbackServer.Script.deaf())) {
            HeardWire wire = HeardWire.to("stratum+tcp://127.0.0.1:" + pool.port());
            wire.peer();

            // When
            sendUntilOver(wire);

            // Then
            assertThat(wire.end()).isEqualTo("the pool does not read what it is sent");
        }
    }

    @Test
    void givesUpAnEncryptedPoolThatNeverReads() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.encrypted(certificate().context(), (socket, server) -> {
            socket.getOutputStream().write('\n');
            LoopbackServer.Script.deaf().play(socket, server);
        })) {
            HeardWire wire = HeardWire.to("stratum+ssl://127.0.0.1:" + pool.port(), new PoolTrust.Unverified());
            wire.word();

            // When
            sendUntilOver(wire);

            // Then
            assertThat(wire.end()).isEqualTo("the pool does not read what it is sent");
        }
    }

    private static TestCertificate certificate() {
        return TestCertificate.selfSigned(Says.of("127.0.0.1"));
    }

    @Test
    void keepsNoMoreThanAMegabyteForAPoolThatNeverReads() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(LoopbackServer.Script.deaf())) {
            HeardWire wire = HeardWire.to("stratum+tcp://127.0.0.1:" + pool.port());
            wire.peer();

            // When
            for (int megabyte = 0; megabyte < 64; megabyte++) {
                wire.say("x".repeat(1 << 20));
            }

            // Then
            assertThat(wire.end()).isEqualTo("the pool does not read what it is sent");
        }
    }

    private static void sendUntilOver(HeardWire wire) {
        String kilobytes = "x".repeat(4_096);
        while (!wire.isOver()) {
            wire.say(kilobytes);
        }
    }

    @Test
    void endsWithAPoolThatClosesItsHalfOfTheConnection() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(HALF_CLOSED)) {
            // When
            HeardWire wire = HeardWire.to("stratum+tcp://127.0.0.1:" + pool.port());

            // Then
            assertThat(wire.end()).isEqualTo("the pool closed the connection");
        }
    }

    @Test
    void endsWithAnEncryptedPoolThatClosesItsHalfWhileMuchIsStillToBeSent() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.encrypted(certificate().context(), HALF_CLOSED_LATER)) {
            HeardWire wire = HeardWire.to("stratum+ssl://127.0.0.1:" + pool.port(), new PoolTrust.Unverified());
            wire.word();

            // When
            for (int i = 0; i < 4_000; i++) {
                wire.say("x".repeat(8_192));
            }
            pool.goOn();

            // Then
            assertThat(wire.end()).isNotBlank();
        }
    }

    @Test
    void endsAtOnceWhenItIsClosedWhileThePoolHoldsTheHandshakeOpen() throws Exception {
        // Given
        try (LoopbackServer pool = LoopbackServer.plain(LoopbackServer.Script.listening())) {
            HeardWire wire = HeardWire.to("stratum+ssl://127.0.0.1:" + pool.port(), new PoolTrust.Unverified());
            pool.awaitWord();

            // When
            wire.wire().close();

            // Then
            assertThat(wire.end()).isNotBlank();
            assertThat(new String(pool.heardByFirst(), StandardCharsets.ISO_8859_1))
                    .startsWith("\u0016\u0003");
        }
    }
}
