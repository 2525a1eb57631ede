package filon.mining.pool.hostile;

import static filon.mining.pool.PoolLines.call;
import static filon.mining.pool.hostile.HostilePool.notice;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.hostile.HostilePool.Act;
import filon.mining.pool.wire.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Floods of a gigabyte, one after the other, in a process of its own whose heap has no room for any of them. */
public final class HostileFloods {
    static final String WELL = "all is well";
    private static final long BYTES = 1L << 30;
    private static final int CHUNK = 1 << 16;
    private static final int CONNECTIONS_MAX = 40;
    /** Ten thousand jobs at once are believed, on each of some connections. */
    private static final int EVENTS_MAX = 400_000;

    private HostileFloods() {}

    private record Flood(String told, Act act) {}

    /** By what is flooded with. */
    private static Map<String, Flood> floods() {
        Map<String, Flood> floods = new LinkedHashMap<>();
        floods.put("a line without an end", flood("exceeds 131072 bytes", "x"));
        floods.put("lines of one letter", flood("2000 messages a second", "x\n"));
        floods.put("lines of nothing", flood("2000 messages a second", "\n"));
        floods.put("numbers", flood("2000 messages a second", "1e999999999\n"));
        floods.put("notices", flood("2000 messages a second", notice("a") + "\n"));
        floods.put("changes of difficulty", flood("messages a second", call("mining.set_difficulty", "[7]") + "\n"));
        floods.put("notices of 100 KB", flood("bytes a second", notice("a", "00".repeat(50_000), "[]") + "\n"));
        floods.put("questions of 100 KB", flood("bytes a second", question("x".repeat(100_000)) + "\n"));
        floods.put("questions", flood("the pool", question("x".repeat(1_000)) + "\n"));
        return floods;
    }

    private static String question(String id) {
        return "{\"id\":\"" + id + "\",\"method\":\"mining.ping\",\"params\":[]}";
    }

    private static Flood flood(String told, String unit) {
        byte[] chunk = unit.repeat(Math.max(1, CHUNK / unit.length())).getBytes(StandardCharsets.UTF_8);
        return new Flood(told, out -> {
            for (long said = 0; said < BYTES; said += chunk.length) {
                out.write(chunk);
            }
        });
    }

    /** Says what it does, and in the end that all is well. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (Map.Entry<String, Flood> each : floods().entrySet()) {
            System.out.println(each.getKey());
            hold(each.getValue());
        }
        System.out.println(WELL);
    }

    private static void hold(Flood flood) throws IOException, InterruptedException {
        try (LoopbackServer hostile = LoopbackServer.plain(HostilePool.acting(flood.act()));
                LoopbackServer honest = LoopbackServer.plain(HostilePool.honest());
                Watched pools =
                        new Watched(ProofsOfWork.of("sha256d"), List.of(order(hostile.port()), order(honest.port())))) {
            require(pools.worksForTheHonest(), "no work for the honest pool");
            require(pools.tells(flood.told()), "not told: " + flood.told() + " in " + pools.texts());
            List<String> threads = pools.threadsLeftAtTheEnd();
            require(threads.isEmpty(), "threads left: " + threads);
            require(pools.connections() < CONNECTIONS_MAX, pools.connections() + " connections");
            require(pools.events() < EVENTS_MAX, pools.events() + " events");
        }
    }

    private static PoolOrder order(int port) {
        return PoolOrder.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:" + port), "me", "x"));
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalStateException(otherwise);
        }
    }
}
