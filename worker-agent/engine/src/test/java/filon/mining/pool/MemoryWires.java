package filon.mining.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Wires to a pool in memory: what it says is heard when a test delivers it. */
final class MemoryWires implements Wires {
    /** Said by a pool that hangs up. */
    static final String HANG_UP = "";

    private final Software software;
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private int connections;

    /** What the pool answers to a request; nothing where it stays silent. */
    @FunctionalInterface
    interface Software {
        List<String> answers(JsonNode request);
    }

    MemoryWires(Software software) {
        this.software = software;
    }

    int connections() {
        return connections;
    }

    /** All that was said, and what is said to that. */
    void deliver() {
        for (Runnable next = underWay.poll(); next != null; next = underWay.poll()) {
            next.run();
        }
    }

    @Override
    public Wire open(PoolOrder pool, WireListener listener) {
        connections++;
        underWay.add(() -> listener.opened("memory"));
        return new Wire() {
            @Override
            public void send(byte[] bytes) {
                software.answers(PoolLines.request(new String(bytes, StandardCharsets.UTF_8)))
                        .forEach(answer -> underWay.add(() -> hear(answer, listener)));
            }

            @Override
            public void close() {}
        };
    }

    private static void hear(String answer, WireListener listener) {
        if (answer.equals(HANG_UP)) {
            listener.ended("the pool closed the connection");
        } else {
            listener.received((answer + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
