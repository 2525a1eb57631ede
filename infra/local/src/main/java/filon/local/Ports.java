package filon.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ports of one local platform: nine in a row from a base, all on 127.0.0.1. */
public record Ports(int base) {
    static final int COUNT = 9;
    private static final int LOWEST = 1_024;

    public Ports {
        if (base < LOWEST || base + COUNT - 1 > 65_535) {
            throw new IllegalArgumentException(
                    "port base " + base + " is not within " + LOWEST + " to " + (65_536 - COUNT));
        }
    }

    public int api() {
        return base;
    }

    public int keycloak() {
        return base + 1;
    }

    public int provisioning() {
        return base + 2;
    }

    public int billing() {
        return base + 3;
    }

    public int postgres() {
        return base + 4;
    }

    public int kafka() {
        return base + 5;
    }

    public int kafkaAgents() {
        return base + 6;
    }

    public int kafkaController() {
        return base + 7;
    }

    public int pool() {
        return base + 8;
    }

    /** A base whose ports are all free right now, above the one given. */
    public static Ports free(int from) {
        for (int base = from; base + COUNT < 65_535; base += COUNT) {
            Ports candidate = new Ports(base);
            if (candidate.taken().isEmpty()) {
                return candidate;
            }
        }
        throw new IllegalStateException("no " + COUNT + " free ports in a row from " + from);
    }

    /** Which of these ports another process listens on, with the part that would need it. */
    Map<Integer, String> taken() {
        Map<Integer, String> taken = new TreeMap<>();
        List<String> parts = List.of(
                "api",
                "keycloak",
                "provisioning",
                "billing",
                "postgres",
                "kafka",
                "kafka for agents",
                "kafka controller",
                "practice pool");
        for (int i = 0; i < COUNT; i++) {
            if (refusal(base + i).isPresent()) {
                taken.put(base + i, parts.get(i));
            }
        }
        return taken;
    }

    private static Optional<IOException> refusal(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound() ? Optional.empty() : Optional.of(new IOException("not bound"));
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
