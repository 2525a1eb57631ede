package filon.practice;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Target;
import java.util.HexFormat;
import java.util.List;

/** What a miner says to a pool of Stratum V1: it finds shares for what the pool wrote, by its own reading of the lines. */
final class Stratum1Hand {
    static final String SUBSCRIBE = "{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"agent/1.0\"]}";
    static final String AUTHORIZE = "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"w1\",\"x\"]}";
    static final String PING = "{\"id\":5,\"method\":\"mining.ping\",\"params\":[]}";
    static final String PONG = "{\"id\":5,\"result\":\"pong\",\"error\":null}";

    private static final HexFormat HEX = HexFormat.of();
    private static final int NEVER = 1 << 12;
    private final ProofOfWork algorithm;
    private String session = "";
    private String nextExtranonce1 = "";
    private int nextBytes;
    private double nextDifficulty = 1;
    private String extranonce1 = "";
    private int minerBytes;
    private double difficulty = 1;
    private JsonNode job;

    private Stratum1Hand(ProofOfWork algorithm) {
        this.algorithm = algorithm;
    }

    static Stratum1Hand of(ProofOfWork algorithm, List<String> lines) {
        Stratum1Hand hand = new Stratum1Hand(algorithm);
        hand.note(lines);
        return hand;
    }

    void note(List<String> lines) {
        lines.stream().map(Wiretap::json).forEach(this::note);
    }

    private void note(JsonNode line) {
        JsonNode params = line.path("params");
        switch (line.path("method").asText()) {
            case "mining.set_difficulty" -> nextDifficulty = params.path(0).asDouble();
            case "mining.set_extranonce" -> {
                nextExtranonce1 = params.path(0).asText();
                nextBytes = params.path(1).asInt();
            }
            case "mining.notify" -> {
                job = params;
                difficulty = nextDifficulty;
                extranonce1 = nextExtranonce1;
                minerBytes = nextBytes;
            }
            default -> {
                if (line.path("result").isArray()) {
                    session = line.at("/result/0/1/1").asText();
                    nextExtranonce1 = line.at("/result/1").asText();
                    nextBytes = line.at("/result/2").asInt();
                }
            }
        }
    }

    String session() {
        return session;
    }

    String extranonce1() {
        return extranonce1;
    }

    String job() {
        return job.path(0).asText();
    }

    /** A submission whose nonce counts. */
    String share(int from) {
        return submission(job(), nonceFrom(from), "");
    }

    /** One that counts with these bits of the version. */
    String rolledShare(int mask, int bits) {
        int version = Integer.parseUnsignedInt(job.path(5).asText(), 16) & ~mask | bits;
        return submission(job(), search(0, true, version), String.format("%08x", bits));
    }

    String nonceFrom(int from) {
        return search(from, true, Integer.parseUnsignedInt(job.path(5).asText(), 16));
    }

    String missFrom(int from) {
        return search(from, false, Integer.parseUnsignedInt(job.path(5).asText(), 16));
    }

    String submission(String id, String nonce, String version) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w1\",\"" + id + "\",\"" + "00".repeat(minerBytes)
                + "\",\"" + job.path(7).asText() + "\",\"" + nonce + "\""
                + (version.isEmpty() ? "" : ",\"" + version + "\"") + "]}";
    }

    private String search(int from, boolean hit, int version) {
        Header header = Header.of(prefix(version));
        Target target = algorithm.targetOf(java.math.BigDecimal.valueOf(difficulty));
        for (int nonce = from; nonce < from + NEVER; nonce++) {
            if (target.isMetBy(algorithm.digest(header, nonce).hash()) == hit) {
                return String.format("%08x", nonce);
            }
        }
        throw new AssertionError("no nonce among " + NEVER);
    }

    private byte[] prefix(int version) {
        byte[] root = Sha256d.hash(HEX.parseHex(job.path(2).asText()
                + extranonce1
                + "00".repeat(minerBytes)
                + job.path(3).asText()));
        for (JsonNode neighbour : job.path(4)) {
            root = Sha256d.hash(root, HEX.parseHex(neighbour.asText()));
        }
        StringBuilder previous = new StringBuilder();
        for (int word = 0; word < 64; word += 8) {
            previous.append(backwards(job.path(1).asText().substring(word, word + 8)));
        }
        return HEX.parseHex(backwards(String.format("%08x", version))
                + previous
                + HEX.formatHex(root)
                + backwards(job.path(7).asText())
                + backwards(job.path(6).asText()));
    }

    private static String backwards(String hex) {
        return HEX.formatHex(Sha256d.reversed(HEX.parseHex(hex)));
    }
}
