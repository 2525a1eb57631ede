package filon.mining.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A pool on loopback that sends jobs by a script and judges each share itself. One thread reads, writes and judges, so that the order of
 * lines is the order in which it did so.
 *
 * <p>Behind each clean job goes a question. The miner answers lines in order: once the answer is here, the job's line was read, and a
 * share that comes after the answer was sent after the job was known.
 */
final class JudgingPool implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READ = "read-";
    /** So soon a pool that is closed ends. */
    private static final long WAIT_MILLIS_MAX = 100;

    private final ServerSocketChannel server;
    private final JobScript script;
    private final ShareJudge judge;
    private final Thread thread;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ByteBuffer chunk = ByteBuffer.allocate(65_536);
    private final StringBuilder unfinished = new StringBuilder();
    private volatile Optional<SocketChannel> miner = Optional.empty();
    private volatile Optional<Exception> fault = Optional.empty();
    private Optional<JobScript.Step> step = Optional.empty();
    private long dueNanos;
    private boolean isAuthorised;

    JudgingPool(JobScript script, RandomGenerator random) throws IOException {
        this.script = script;
        this.judge = new ShareJudge(random);
        this.server = ServerSocketChannel.open();
        this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.thread = Thread.ofPlatform().name("judging-pool").daemon().start(this::serve);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Whether the script came to its end within this time. */
    boolean isOverWithin(Duration time) throws InterruptedException {
        return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What was found; to be asked for after {@link #close}. */
    ShareJudge judge() {
        return judge;
    }

    /** @throws IllegalStateException if the pool itself broke */
    void requireSound() {
        if (fault.isPresent()) {
            throw new IllegalStateException("the pool of the test broke", fault.get());
        }
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                try (SocketChannel accepted = server.accept();
                        Selector selector = Selector.open()) {
                    welcome(accepted);
                    accepted.register(selector, SelectionKey.OP_READ);
                    talk(accepted, selector);
                }
            }
        } catch (ClosedChannelException closed) {
            // as was asked for
        } catch (IOException | RuntimeException e) {
            fault = Optional.of(e);
        } finally {
            over.countDown();
        }
    }

    private void welcome(SocketChannel accepted) throws IOException {
        isAuthorised = false;
        unfinished.setLength(0);
        accepted.configureBlocking(false);
        accepted.socket().setTcpNoDelay(true);
        miner = Optional.of(accepted);
    }

    private void talk(SocketChannel accepted, Selector selector) throws ClosedChannelException {
        try {
            while (true) {
                long waitMillis = waitMillis();
                if (waitMillis > 0) {
                    selector.select(waitMillis);
                    selector.selectedKeys().clear();
                }
                for (String line : linesRead(accepted)) {
                    answer(parsed(line));
                }
                sendWhatIsDue();
            }
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException left) {
            // the miner has: the next one, please
        }
    }

    private long waitMillis() {
        return isAuthorised && step.isPresent()
                ? Math.min(WAIT_MILLIS_MAX, Math.ceilDiv(dueNanos - System.nanoTime(), 1_000_000L))
                : WAIT_MILLIS_MAX;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the miner sent what is not JSON: " + line, e);
        }
    }

    /** The lines that are complete. */
    private List<String> linesRead(SocketChannel accepted) throws IOException {
        if (accepted.read(chunk.clear()) < 0) {
            throw new EOFException("the miner left");
        }
        unfinished.append(StandardCharsets.ISO_8859_1.decode(chunk.flip()));
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int end = unfinished.indexOf("\n"); end >= 0; end = unfinished.indexOf("\n", begin)) {
            lines.add(unfinished.substring(begin, end));
            begin = end + 1;
        }
        unfinished.delete(0, begin);
        return lines;
    }

    private void answer(JsonNode line) throws IOException {
        String id = line.path("id").asText();
        if (id.startsWith(READ)) {
            judge.read(Long.parseLong(id.substring(READ.length())));
            return;
        }
        switch (line.path("method").asText()) {
            case "mining.subscribe" ->
                reply(id, "\"result\":[[],\"" + judge.extranonce() + "\"," + judge.ownLength() + "],\"error\":null");
            case "mining.submit" -> reply(id, judge.judge(line.path("params")).answer());
            case "mining.authorize" -> {
                reply(id, "\"result\":true,\"error\":null");
                begin();
            }
            default -> reply(id, "\"result\":true,\"error\":null");
        }
    }

    private void reply(String id, String what) throws IOException {
        send("{\"id\":" + id + "," + what + "}");
    }

    private void begin() {
        isAuthorised = true;
        dueNanos = System.nanoTime();
        nextStep();
    }

    private void nextStep() {
        step = script.next();
        step.ifPresent(next -> dueNanos += next.pause().toNanos());
        if (step.isEmpty()) {
            over.countDown();
        }
    }

    private void sendWhatIsDue() throws IOException {
        while (isAuthorised && step.isPresent() && System.nanoTime() - dueNanos >= 0) {
            send(step.get());
            nextStep();
        }
    }

    private void send(JobScript.Step due) throws IOException {
        if (due.difficulty().isPresent()) {
            JobScript.SentDifficulty difficulty = due.difficulty().get();
            difficulty.meant().ifPresent(judge::difficulty);
            call("null", "mining.set_difficulty", difficulty.json());
        }
        if (due.ownLength().isPresent()) {
            judge.extranonce(due.ownLength().getAsInt());
            call("null", "mining.set_extranonce", "\"" + judge.extranonce() + "\"," + judge.ownLength());
        }
        send(judge.issue(due.isClean()).notice(due.isClean()));
        if (due.isClean()) {
            String question = judge.generation() % 2 == 0 ? "mining.ping" : "client.get_version";
            call('"' + READ + judge.generation() + '"', question, "");
        }
    }

    private void call(String id, String method, String params) throws IOException {
        send("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":[" + params + "]}");
    }

    private void send(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            miner.orElseThrow().write(bytes);
        }
    }

    /** Ends the pool and waits for its thread. */
    @Override
    public void close() throws IOException {
        server.close();
        if (miner.isPresent()) {
            miner.get().close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
