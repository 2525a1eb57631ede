package filon.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A miner that knows only what stands on the wire: it reads jobs as text, and finds shares with the JDK's hash function by its own
 * reading of the protocol.
 */
final class WireMiner implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final BigInteger DIFFICULTY_ONE = BigInteger.valueOf(0xffff).shiftLeft(208);

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final List<JsonNode> pushed = new ArrayList<>();
    private int ids;
    private String extranonce1 = "";
    private double difficulty = 1;
    private Job job;

    /** The job as notified, and the difficulty that stood when it came. */
    record Job(JsonNode params, double difficulty) {
        String id() {
            return params.path(0).asText();
        }

        String time() {
            return params.path(7).asText();
        }

        boolean isClean() {
            return params.path(8).asBoolean();
        }
    }

    /** What is submitted beside the worker. */
    record Share(String job, String extranonce2, String time, String nonce) {}

    WireMiner(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
    }

    /** Subscribed and authorised, with a first job. */
    static WireMiner of(int port, String worker) throws IOException {
        WireMiner miner = new WireMiner(port);
        miner.subscribe();
        miner.call("mining.authorize", worker, "x");
        miner.awaitPush("mining.notify");
        return miner;
    }

    void subscribe() throws IOException {
        extranonce1 = call("mining.subscribe", "wire/1").path("result").path(1).asText();
    }

    /** Calls and returns the answer; what the pool pushes meanwhile is kept. */
    JsonNode call(String method, Object... params) throws IOException {
        ids++;
        line(JSON.writeValueAsString(java.util.Map.of("id", ids, "method", method, "params", params)));
        JsonNode answer = next();
        while (answer.path("id").asInt(-1) != ids) {
            answer = next();
        }
        return answer;
    }

    JsonNode submit(String worker, Share share) throws IOException {
        return call("mining.submit", worker, share.job(), share.extranonce2(), share.time(), share.nonce());
    }

    void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads until there is a message of this method that was not awaited before. */
    JsonNode awaitPush(String method) throws IOException {
        while (true) {
            for (JsonNode message : pushed) {
                if (message.path("method").asText().equals(method)) {
                    pushed.remove(message);
                    return message;
                }
            }
            next();
        }
    }

    /** The next line; @throws java.io.EOFException at the end of the connection */
    JsonNode next() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new java.io.EOFException("the pool closed the connection");
        }
        JsonNode message = JSON.readTree(line);
        if (message.has("method")) {
            pushed.add(message);
            note(message);
        }
        return message;
    }

    private void note(JsonNode message) {
        JsonNode params = message.path("params");
        if (message.path("method").asText().equals("mining.set_difficulty")) {
            difficulty = params.path(0).asDouble();
        } else {
            job = new Job(params, difficulty);
        }
    }

    String extranonce1() {
        return extranonce1;
    }

    double difficulty() {
        return difficulty;
    }

    Job job() {
        return job;
    }

    /** The first share from a nonce on, for the difficulty the job came with. */
    Share mine(Job what, int fromNonce) {
        return search(what, fromNonce, what.difficulty(), true);
    }

    /** The first nonce whose hash is too high for the difficulty. */
    Share miss(Job what) {
        return search(what, 0, what.difficulty(), false);
    }

    private Share search(Job what, int fromNonce, double wanted, boolean low) {
        BigInteger target = new java.math.BigDecimal(DIFFICULTY_ONE)
                .divide(new java.math.BigDecimal(wanted), 0, java.math.RoundingMode.FLOOR)
                .toBigInteger();
        String extranonce2 = "0000002a";
        byte[] header = header(what.params(), extranonce2);
        for (int nonce = fromNonce; ; nonce++) {
            for (int i = 0; i < 4; i++) {
                header[76 + i] = (byte) (nonce >>> (8 * i));
            }
            if (Sha256d.number(Sha256d.hash(header)).compareTo(target) <= 0 == low) {
                return new Share(what.id(), extranonce2, what.time(), String.format("%08x", nonce));
            }
        }
    }

    private byte[] header(JsonNode params, String extranonce2) {
        String coinbase = params.path(2).asText()
                + extranonce1
                + extranonce2
                + params.path(3).asText();
        byte[] root = Sha256d.hash(HEX.parseHex(coinbase));
        for (JsonNode neighbour : params.path(4)) {
            root = Sha256d.hash(root, HEX.parseHex(neighbour.asText()));
        }
        StringBuilder previous = new StringBuilder();
        for (int word = 0; word < 64; word += 8) {
            previous.append(backwards(params.path(1).asText().substring(word, word + 8)));
        }
        return HEX.parseHex(backwards(params.path(5).asText())
                + previous
                + HEX.formatHex(root)
                + backwards(params.path(7).asText())
                + backwards(params.path(6).asText())
                + "00000000");
    }

    private static String backwards(String hex) {
        return HEX.formatHex(Sha256d.reversed(HEX.parseHex(hex)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
