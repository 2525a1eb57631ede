package filon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens on at the moment. */
public final class Ports {
    private Ports() {}

    /** One free port of 127.0.0.1, chosen by the operating system. */
    public static int free() {
        return free(1).getFirst();
    }

    /** Several free ports, no two the same. */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no " + count + " free ports on 127.0.0.1", e);
        } finally {
            held.forEach(Ports::close);
        }
    }

    /**
     * Refuses to start a server beside another one.
     *
     * @throws IOException if something listens on the port; the message names both
     */
    public static void requireFree(String server, int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new IOException(
                    server + " needs port " + port + " of 127.0.0.1, which is taken: " + e.getMessage(), e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + socket.getLocalPort() + " cannot be given back", e);
        }
    }
}
