package filon.mining.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A pool of a simulation: speaks as much Stratum V1 as a test needs, and misbehaves when told so. Deterministic; one thread. */
final class SimulatedPool {
    private final String name;
    private final List<JsonNode> submissions = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private String difficulty = "1";
    private String shareAnswer = result("true");
    private String extranonce = "aabb";
    private boolean refusesConnections;
    private boolean silent;
    private boolean answersPings = true;
    private boolean hangsUpOnPings;
    private boolean givesJobs = true;
    private boolean answersShares = true;
    private int connections;
    private int jobs;

    private record Connection(WireListener listener, boolean[] closed) {}

    SimulatedPool(String name) {
        this.name = name;
    }

    String host() {
        return name + ".example.org";
    }

    Wire open(WireListener listener, Consumer<Runnable> later) {
        connections++;
        boolean[] closed = {false};
        Connection opened = new Connection(listener, closed);
        if (refusesConnections) {
            later.accept(() -> listener.ended("refused"));
        } else {
            connection = Optional.of(opened);
            later.accept(() -> listener.opened(host()));
        }
        return new Wire() {
            @Override
            public void send(byte[] bytes) {
                for (String line :
                        new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                    later.accept(() -> hear(opened, line));
                }
            }

            @Override
            public void close() {
                closed[0] = true;
                connection = connection.filter(now -> now != opened);
            }
        };
    }

    private void hear(Connection from, String line) {
        if (silent || from.closed()[0]) {
            return;
        }
        JsonNode request = PoolLines.request(line);
        switch (request.path("method").asText()) {
            case "mining.subscribe" ->
                answer(request, result("[[[\"mining.notify\",\"s1\"]],\"" + extranonce + "\",4]"));
            case "mining.authorize" -> {
                answer(request, result("true"));
                if (givesJobs) {
                    newJob(true);
                }
            }
            case "mining.ping" -> {
                if (hangsUpOnPings) {
                    reset();
                }
                if (answersPings) {
                    answer(request, result("\"pong\""));
                }
            }
            case "mining.submit" -> {
                submissions.add(request.path("params"));
                if (answersShares) {
                    answer(request, shareAnswer);
                }
            }
            default -> answer(request, "\"result\":null,\"error\":[20,\"unknown\",null]");
        }
    }

    private void answer(JsonNode request, String rest) {
        say(PoolLines.answer(request, rest));
    }

    private static String result(String result) {
        return "\"result\":" + result + ",\"error\":null";
    }

    void say(String line) {
        connection.ifPresent(now -> now.listener().received((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    void newJob(boolean isClean) {
        jobs++;
        say(PoolLines.call("mining.set_difficulty", "[" + difficulty + "]"));
        say(PoolLines.notice(name + jobs, isClean));
    }

    void reset() {
        Optional<Connection> lost = connection;
        connection = Optional.empty();
        lost.ifPresent(now -> now.listener().ended("the connection broke"));
    }

    void refusesConnections(boolean on) {
        refusesConnections = on;
    }

    void silent(boolean on) {
        silent = on;
    }

    void answersPings(boolean on) {
        answersPings = on;
    }

    void hangsUpOnPings(boolean on) {
        hangsUpOnPings = on;
    }

    void givesJobs(boolean on) {
        givesJobs = on;
    }

    void answersShares(boolean on) {
        answersShares = on;
    }

    void difficulty(String next) {
        difficulty = next;
    }

    void shareAnswer(String resultAndError) {
        shareAnswer = resultAndError;
    }

    void extranonce(String next) {
        extranonce = next;
    }

    boolean isConnected() {
        return connection.isPresent();
    }

    int connections() {
        return connections;
    }

    /** Parameters of every submission it got. */
    List<JsonNode> submissions() {
        return submissions;
    }
}
