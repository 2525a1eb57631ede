package filon.mining.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool on loopback with one job, that hashes every share itself and refuses wrong and repeated ones. */
public final class TinyPool implements AutoCloseable {
    private static final String DIFFICULTY = "0.005";
    private static final BigInteger TARGET =
            BigInteger.valueOf(0xffff).shiftLeft(208).multiply(BigInteger.valueOf(200));
    private static final String COINBASE_START = "01000000";
    private static final String COINBASE_END = "ffffffff";
    private static final String BRANCH = "11".repeat(32);

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    public final AtomicInteger accepted = new AtomicInteger();
    public final AtomicInteger refused = new AtomicInteger();
    private volatile Socket current;
    private volatile boolean away;

    public TinyPool() throws IOException {
        Thread.ofPlatform().daemon().start(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Drops its miner and lets nobody in, or lets them in again. */
    void away(boolean isAway) throws IOException {
        away = isAway;
        Socket socket = current;
        if (isAway && socket != null) {
            socket.close();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                current = socket;
                if (!away) {
                    talk(socket);
                }
            } catch (IOException left) {
                // the next one, please
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        String extranonce = String.format("%08x", connections.incrementAndGet());
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode request = new ObjectMapper().readTree(line);
            String answer =
                    switch (request.path("method").asText()) {
                        case "mining.subscribe" -> "\"result\":[[],\"" + extranonce + "\",4],\"error\":null";
                        case "mining.submit" -> judged(request.path("params"), extranonce);
                        default -> "\"result\":true,\"error\":null";
                    };
            out.write(("{\"id\":" + request.path("id") + "," + answer + "}\n").getBytes(StandardCharsets.UTF_8));
            if (request.path("method").asText().equals("mining.authorize")) {
                out.write(("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[" + DIFFICULTY + "]}\n"
                                + "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"j1\",\"" + "22".repeat(32)
                                + "\",\""
                                + COINBASE_START + "\",\"" + COINBASE_END + "\",[\"" + BRANCH
                                + "\"],\"20000000\",\"1d00ffff\",\"6b00aee7\",true]}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String judged(JsonNode params, String extranonce) {
        if (!seen.add(extranonce + params)) {
            refused.incrementAndGet();
            return "\"result\":null,\"error\":[22,\"duplicate share\",null]";
        }
        String coinbase = COINBASE_START + extranonce + params.path(2).asText() + COINBASE_END;
        String root = hex(doubleHash(hex(doubleHash(coinbase)) + BRANCH));
        String header = reversed("20000000")
                + "22".repeat(32)
                + root
                + reversed(params.path(3).asText())
                + reversed("1d00ffff")
                + reversed(params.path(4).asText());
        BigInteger hash = new BigInteger(reversed(hex(doubleHash(header))), 16);
        if (hash.compareTo(TARGET) > 0) {
            refused.incrementAndGet();
            return "\"result\":null,\"error\":[23,\"low difficulty share\",null]";
        }
        accepted.incrementAndGet();
        return "\"result\":true,\"error\":null";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String reversed(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = hex.length() - 2; i >= 0; i -= 2) {
            text.append(hex, i, i + 2);
        }
        return text.toString();
    }

    private static byte[] doubleHash(String hex) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return digest.digest(digest.digest(HexFormat.of().parseHex(hex)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        away(true);
    }
}
