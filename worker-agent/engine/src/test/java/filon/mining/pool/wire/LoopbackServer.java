package filon.mining.pool.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A server on loopback that plays the same for everybody who comes, and keeps what it heard. */
public final class LoopbackServer implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final CountDownLatch firstOver = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch goingOn = new CountDownLatch(1);
    private final CountDownLatch firstWord = new CountDownLatch(1);

    /** What is done with one connection; it ends with the script. */
    @FunctionalInterface
    public interface Script {
        void play(Socket socket, LoopbackServer server) throws IOException;

        /** Says nothing until the other side leaves. */
        static Script listening() {
            return (socket, server) -> server.hear(socket.getInputStream());
        }

        /** Neither reads nor says anything, until the server is closed. */
        static Script deaf() {
            return (_, server) -> server.waitForEnd();
        }
    }

    private LoopbackServer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    public static LoopbackServer plain(Script script) throws IOException {
        return plainAt("127.0.0.1", script);
    }

    public static LoopbackServer plainAt(String address, Script script) throws IOException {
        return new LoopbackServer(new ServerSocket(0, 10, InetAddress.ofLiteral(address)), script);
    }

    public static LoopbackServer encrypted(SSLContext context, Script script) throws IOException {
        return new LoopbackServer(
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1")), script);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> play(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(socket, this);
        } catch (IOException over) {
            // the client left, or refused the handshake: what a test looks at is what was heard
        } finally {
            firstOver.countDown();
        }
    }

    /** Reads to the end. */
    public void hear(InputStream stream) throws IOException {
        byte[] chunk = new byte[4_096];
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            keep(chunk, count);
        }
    }

    /** Reads what comes first. */
    public void hearSome(InputStream stream) throws IOException {
        byte[] chunk = new byte[4_096];
        keep(chunk, Math.max(0, stream.read(chunk)));
    }

    private void keep(byte[] chunk, int count) {
        synchronized (heard) {
            heard.write(chunk, 0, count);
        }
        if (count > 0) {
            firstWord.countDown();
        }
    }

    /** All of all connections. */
    public byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    /** All that was heard until the first connection was over. */
    public byte[] heardByFirst() throws InterruptedException {
        if (!firstOver.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no connection ended within ten seconds");
        }
        return heard();
    }

    private void waitForEnd() {
        await(closing);
    }

    /** In a script: waits for {@link #goOn}. */
    public void awaitGoOn() {
        await(goingOn);
    }

    public void goOn() {
        goingOn.countDown();
    }

    /** Waits until something was heard. */
    public void awaitWord() {
        await(firstWord);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        goingOn.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
