package filon.mining.pool.hostile;

import static filon.mining.pool.PoolLines.answer;
import static filon.mining.pool.PoolLines.call;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.wire.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a pool on loopback does with whoever comes: it greets as Stratum V1 does, and then acts. */
public final class HostilePool {
    static final String SUBSCRIPTION = "[[],\"aabb\",4]";

    private HostilePool() {}

    /** What is done once a miner is authorised. */
    @FunctionalInterface
    interface Act {
        void play(OutputStream out) throws IOException;

        /** Says these lines. */
        static Act saying(String... lines) {
            return out -> {
                for (String line : lines) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
            };
        }

        /** Says these bytes, as they are. */
        static Act bytes(int... values) {
            return out -> {
                for (int value : values) {
                    out.write(value);
                }
                out.flush();
            };
        }
    }

    /** Acts after a greeting as it should be. */
    static LoopbackServer.Script acting(Act act) {
        return greeting(SUBSCRIPTION, act);
    }

    /** @param subscription the result of {@code mining.subscribe} */
    static LoopbackServer.Script greeting(String subscription, Act act) {
        return (socket, server) -> {
            greet(socket, subscription);
            act.play(socket.getOutputStream());
            server.hear(socket.getInputStream());
        };
    }

    /** Acts, and hangs up. */
    static LoopbackServer.Script leaving(Act act) {
        return (socket, _) -> {
            greet(socket, SUBSCRIPTION);
            act.play(socket.getOutputStream());
        };
    }

    /** Acts at once, whatever is asked. */
    static LoopbackServer.Script atOnce(Act act) {
        return (socket, server) -> {
            act.play(socket.getOutputStream());
            server.hear(socket.getInputStream());
        };
    }

    /** A pool that is as it should be. */
    static LoopbackServer.Script honest() {
        return acting(Act.saying(notice("honest")));
    }

    static String notice(String id) {
        return notice(id, "01", "[]");
    }

    static String notice(String id, String coinbase, String branch) {
        return call(
                "mining.notify",
                "[\"" + id + "\",\"" + "00".repeat(32) + "\",\"" + coinbase + "\",\"02\"," + branch
                        + ",\"20000000\",\"207fffff\",\"6b00aee7\",true]");
    }

    private static void greet(Socket socket, String subscription) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        boolean isAuthorised = false;
        while (!isAuthorised) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the miner left in the greeting");
            }
            JsonNode request = LineMessage.JSON.readTree(line);
            String method = request.path("method").asText();
            isAuthorised = method.equals("mining.authorize");
            String result =
                    switch (method) {
                        case "mining.subscribe" -> subscription;
                        case "mining.authorize" -> "true";
                        default -> "null";
                    };
            Act.saying(answer(request, "\"result\":" + result + ",\"error\":null"))
                    .play(socket.getOutputStream());
        }
    }
}
