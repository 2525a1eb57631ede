package filon.mining.pool;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.LineMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A pool on loopback that a test plays line by line. */
final class ScriptedPool implements AutoCloseable {
    private final ServerSocket server;
    private Socket socket;
    private BufferedReader reader;

    ScriptedPool() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    int port() {
        return server.getLocalPort();
    }

    void accept() throws IOException {
        socket = server.accept();
        socket.setSoTimeout(10_000);
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String... lines) throws IOException {
        for (String line : lines) {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        socket.getOutputStream().flush();
    }

    /** The next request of that method; others before it are passed over. */
    JsonNode expect(String method) throws IOException {
        while (true) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the client left before " + method);
            }
            JsonNode request = LineMessage.JSON.readTree(line);
            if (request.path("method").asText().equals(method)) {
                return request;
            }
        }
    }

    void answer(JsonNode request, String result) throws IOException {
        send(PoolLines.answer(request, "\"result\":" + result + ",\"error\":null"));
    }

    /** Takes a client as far as a job. */
    void welcome(String notice) throws IOException {
        welcome("aabb", notice);
    }

    void welcome(String extranonce, String notice) throws IOException {
        accept();
        answer(expect("mining.subscribe"), "[[],\"" + extranonce + "\",4]");
        answer(expect("mining.authorize"), "true");
        send(notice);
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        server.close();
    }
}
