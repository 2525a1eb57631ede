package filon.mining.pool.trial;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.PoolLines;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.wire.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool of Stratum V1 that has one answer for each method, and says nothing to others.
 *
 * @param results by method, as JSON: what stands in an answer beside its id
 * @param afterwards lines said after the user is authorised
 */
public record PoolScript(Map<String, String> results, List<String> afterwards) implements LoopbackServer.Script {
    /** Gives extranonce {@code aabbccdd} and four bytes, and believes every user. */
    private static final Map<String, String> WELCOMING = Map.of(
            "mining.configure", "\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"1fffe000\"}",
            "mining.subscribe", "\"result\":[[],\"aabbccdd\",4],\"error\":null",
            "mining.authorize", "\"result\":true,\"error\":null",
            "mining.ping", "\"result\":\"pong\",\"error\":null");

    /** One that works. */
    public static PoolScript good() {
        return new PoolScript(WELCOMING, List.of(difficulty("1"), job("7a")));
    }

    public static PoolScript saying(String... afterwards) {
        return new PoolScript(WELCOMING, List.of(afterwards));
    }

    /** One that refuses a method. */
    static PoolScript refusing(String method, String why) {
        Map<String, String> results = new HashMap<>(WELCOMING);
        results.put(method, "\"result\":null,\"error\":[24,\"" + why + "\",null]");
        return new PoolScript(Map.copyOf(results), List.of());
    }

    static String difficulty(String number) {
        return PoolLines.call("mining.set_difficulty", "[" + number + "]");
    }

    static String job(String id) {
        return PoolLines.notice(id, true);
    }

    static String reconnect(String host, int port) {
        return PoolLines.call("client.reconnect", "[\"" + host + "\"," + port + ",0]");
    }

    @Override
    public void play(Socket socket, LoopbackServer server) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode request = LineMessage.JSON.readTree(line);
            String method = request.path("method").asText();
            String rest = results.get(method);
            if (rest != null) {
                say(socket, PoolLines.answer(request, rest));
            }
            if (method.equals("mining.authorize")) {
                say(socket, afterwards.toArray(String[]::new));
            }
        }
    }

    private static void say(Socket socket, String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
