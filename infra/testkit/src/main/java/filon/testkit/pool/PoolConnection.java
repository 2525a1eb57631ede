package filon.testkit.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One miner's connection: a virtual thread reads, another writes.
 *
 * <p>What is no Stratum gets an error and the connection ends; a miner that does not read its lines loses the connection when its
 * queue is full, so that it never holds up the pool.
 */
final class PoolConnection {
    private static final int LINE_MAX_BYTES = 10_240;
    private static final int QUEUE_MAX = 256;
    /** Who connects and says nothing does not keep a place for ever. */
    private static final int SUBSCRIBE_WITHIN_MILLIS = 60_000;

    private static final int DRAIN_MILLIS = 500;
    private static final int DRAIN_MAX_BYTES = 1 << 20;
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String END = "";

    private final Socket socket;
    private final PracticePool pool;
    private final Miner miner;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE_MAX);

    /** What the other side did wrong; ends the connection. */
    private static final class HostileLineException extends Exception {
        private static final long serialVersionUID = 1L;

        HostileLineException(String message) {
            super(message);
        }
    }

    PoolConnection(Socket socket, PracticePool pool, Miner miner) {
        this.socket = socket;
        this.pool = pool;
        this.miner = miner;
    }

    void start() {
        Thread writer = Thread.ofVirtual().name("pool-write").start(this::write);
        Thread.ofVirtual().name("pool-read").start(() -> serve(writer));
    }

    /** Ends with the last of both directions: until then the connection counts. */
    private void serve(Thread writer) {
        try {
            read();
            queue.offer(END);
            if (writer.join(LAST_WORDS_WITHIN)) {
                drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            pool.forget(this);
        }
    }

    private void read() {
        try {
            socket.setSoTimeout(SUBSCRIBE_WITHIN_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String line = readLine(in);
            while (line != null) {
                if (!line.isBlank() && !pool.isSilent()) {
                    answer(line);
                }
                line = readLine(in);
            }
        } catch (HostileLineException e) {
            pool.report("closing " + socket.getRemoteSocketAddress() + ": " + e.getMessage());
            reply(null, null, error(PoolError.OTHER, e.getMessage()));
        } catch (IOException e) {
            pool.report(socket.getRemoteSocketAddress() + " is gone: " + e.getMessage());
        }
    }

    /** Closing with input unread would reset the connection, and the other side would lose our last line. */
    private void drain() {
        try {
            socket.setSoTimeout(DRAIN_MILLIS);
            socket.getInputStream().skipNBytes(DRAIN_MAX_BYTES);
        } catch (IOException e) {
            // the end of the input, or none for a while: it is to be closed either way
            pool.report(socket.getRemoteSocketAddress() + " ended");
        }
    }

    private static String readLine(InputStream in) throws IOException, HostileLineException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            if (line.size() > LINE_MAX_BYTES) {
                throw new HostileLineException("line exceeds " + LINE_MAX_BYTES + " bytes");
            }
            next = in.read();
        }
        return next < 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    private void answer(String line) throws HostileLineException {
        JsonNode message;
        try {
            message = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new HostileLineException("line is not JSON");
        }
        if (!message.isObject()) {
            throw new HostileLineException("line is no JSON object");
        }
        JsonNode method = message.get("method");
        if (method == null && (message.has("result") || message.has("error"))) {
            return; // the answer to something we asked, as client.get_version
        }
        if (method == null || !method.isTextual()) {
            throw new HostileLineException("method is missing or no text");
        }
        JsonNode parameters = message.path("params");
        if (!parameters.isArray() && !parameters.isMissingNode() && !parameters.isNull()) {
            throw new HostileLineException("params are no array");
        }
        call(method.textValue(), message.get("id"), parameters);
    }

    private void call(String method, JsonNode id, JsonNode parameters) {
        switch (method) {
            case "mining.subscribe" -> subscribe(id);
            case "mining.authorize" -> authorise(id, parameters);
            case "mining.submit" -> submit(id, parameters);
            case "mining.configure" -> reply(id, configuration(parameters), null);
            case "mining.extranonce.subscribe", "mining.suggest_difficulty" -> reply(id, true, null);
            case "mining.ping" -> reply(id, "pong", null);
            case "mining.get_transactions" -> reply(id, List.of(), null);
            default -> reply(id, null, error(PoolError.OTHER, "Method not found"));
        }
    }

    private void subscribe(JsonNode id) {
        stayOpen();
        pool.subscribe(
                this,
                () -> reply(
                        id,
                        Arrays.asList(
                                List.of(
                                        List.of("mining.set_difficulty", miner.extranonce1()),
                                        List.of("mining.notify", miner.extranonce1())),
                                miner.extranonce1(),
                                ShareCheck.EXTRANONCE2_BYTES),
                        null));
    }

    /** A slow miner at a high difficulty is silent for long; TCP itself notices a dead one. */
    private void stayOpen() {
        try {
            socket.setSoTimeout(0);
            socket.setKeepAlive(true);
        } catch (SocketException e) {
            pool.report(socket.getRemoteSocketAddress() + " is gone: " + e.getMessage());
        }
    }

    private void authorise(JsonNode id, JsonNode parameters) {
        boolean known;
        synchronized (miner) {
            known = miner.authorise(parameters.path(0).asText(""));
        }
        reply(id, known, known ? null : error(PoolError.UNAUTHORISED, "Unauthorized worker"));
    }

    private void submit(JsonNode id, JsonNode parameters) {
        Miner.Submission submission = new Miner.Submission(
                parameters.path(0).asText(""),
                parameters.path(1).asText(""),
                parameters.path(2).asText(""),
                parameters.path(3).asText(""),
                parameters.path(4).asText(""));
        Miner.Verdict verdict;
        synchronized (miner) {
            verdict = parameters.size() == 5
                    ? miner.judge(submission)
                    : new Miner.Verdict.Refused(PoolError.OTHER, "submit needs 5 parameters, got " + parameters.size());
        }
        pool.judged(submission.worker(), verdict);
        switch (verdict) {
            case Miner.Verdict.Accepted accepted -> reply(id, true, null);
            case Miner.Verdict.Refused refused -> reply(id, null, error(refused.error(), refused.why()));
        }
    }

    /** BIP 310: each extension that is asked for gets an answer; none but extranonce changes is granted. */
    private static Map<String, Object> configuration(JsonNode parameters) {
        Map<String, Object> granted = new LinkedHashMap<>();
        parameters.path(0).forEach(name -> granted.put(name.asText(), "subscribe-extranonce".equals(name.asText())));
        return granted;
    }

    void sendDifficulty(double difficulty) {
        push("mining.set_difficulty", List.of(difficulty));
    }

    void sendJob(PoolJob job, BigInteger target, boolean clean) {
        synchronized (miner) {
            miner.send(job, target, clean);
        }
        push("mining.notify", job.notification(clean));
    }

    void markSubscribed() {
        synchronized (miner) {
            miner.subscribe();
        }
    }

    boolean isSubscribed() {
        synchronized (miner) {
            return miner.isSubscribed();
        }
    }

    private static List<Object> error(PoolError error, String why) {
        List<Object> parts = new ArrayList<>(List.of(error.code(), why));
        parts.add(null);
        return parts;
    }

    private void reply(JsonNode id, Object result, List<Object> error) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("result", result);
        line.put("error", error);
        enqueue(line);
    }

    private void push(String method, List<Object> parameters) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", null);
        line.put("method", method);
        line.put("params", parameters);
        enqueue(line);
    }

    private void enqueue(Map<String, Object> line) {
        if (pool.isSilent() || socket.isClosed()) {
            return;
        }
        try {
            if (!queue.offer(JSON.writeValueAsString(line))) {
                close();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of our own is no JSON: " + line, e);
        }
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            String line = queue.take();
            while (!line.equals(END)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                line = queue.take();
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            pool.report(socket.getRemoteSocketAddress() + " cannot be written to: " + e.getMessage());
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            pool.report("a connection did not close: " + e.getMessage());
        }
        // the writer may wait for a line
        queue.clear();
        queue.offer(END);
    }
}
