package filon.mining.pool.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolTerms;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StratumEncryptionTest {
    private static final char[] STORE_PASSWORD = "local-dev-only".toCharArray();

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

            try (StratumSession session = new StratumSession(pool, terms, _ -> {})) {
                assertThatThrownBy(session::run).isInstanceOf(IOException.class).hasMessageContaining("PKIX");
            }
            listening.join();
            assertThat(bytesHeard).hasValue(0);
        }
    }
}
