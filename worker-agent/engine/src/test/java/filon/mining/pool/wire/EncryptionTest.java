package filon.mining.pool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.WireListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
    private static final char[] STORE_PASSWORD = "local-dev-only".toCharArray();

    /** Takes how a wire ended. */
    private record WireEnd(BlockingQueue<String> ends) implements WireListener {
        @Override
        public void opened(String peer) {}

        @Override
        public void received(byte[] bytes) {}

        @Override
        public void ended(String reason) {
            ends.add(reason);
        }
    }

    @TempDir
    Path folder;

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("pool.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "pool",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(STORE_PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes()))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var stream = Files.newInputStream(store)) {
            keys.load(stream, STORE_PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void refusesACertificateThatNobodyVouchesForAndSaysNothingToThatPool() throws Exception {
        AtomicInteger bytesHeard = new AtomicInteger();
        try (SSLServerSocket server = (SSLServerSocket)
                selfSigned().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread listening = Thread.ofPlatform().daemon().start(() -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    bytesHeard.addAndGet(socket.getInputStream().readAllBytes().length);
                } catch (IOException refused) {
                    // the handshake fails, as it should
                }
            });
            PoolTerms terms = new PoolTerms(
                    ProofsOfWork.of("sha256d"),
                    AddressRules.publicOnly().allowing(List.of("127.0.0.0/8")),
                    OptionalDouble.empty(),
                    PoolLimits.USUAL,
                    System::nanoTime,
                    new SplittableRandom(1));
            Pool pool = new Pool(PoolAddress.of("stratum+ssl://127.0.0.1:" + server.getLocalPort()), "me", "x");

            BlockingQueue<String> ends = new LinkedBlockingQueue<>();
            new SocketWires(terms).open(PoolOrder.of(pool), new WireEnd(ends));

            assertThat(ends.poll(10, TimeUnit.SECONDS)).contains("PKIX").contains("pinned");
            listening.join();
            assertThat(bytesHeard).hasValue(0);
        }
    }
}
