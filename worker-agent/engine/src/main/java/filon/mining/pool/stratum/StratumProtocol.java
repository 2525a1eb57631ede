package filon.mining.pool.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.stratum.StratumMessage.StratumError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What Stratum V1 says and means, without a socket: lines come in, lines go out, events are told.
 *
 * <p>The reader's thread owns all but {@link #submit}, which any one other thread may call. Difficulty and extranonce changes
 * take effect with the next job. Jobs that come before we are subscribed and authorised wait, the last one only.
 */
final class StratumProtocol {
    private static final String AGENT = "filon/0.1";
    private static final String WITHDRAWN = "the pool withdrew the job";
    private static final int RECONNECT_PAUSE_SECONDS_MAX = 60;

    private final Pool pool;
    private final long sessionId;
    private final PoolTerms terms;
    private final Consumer<String> out;
    private final PoolListener listener;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final long openedNanos;

    private volatile long generation;
    private volatile boolean hadJob;
    private boolean authorised;
    private long heardNanos;
    private boolean pinged;
    private BigDecimal difficulty = BigDecimal.ONE;
    private Optional<Extranonce> extranonce = Optional.empty();
    private Optional<Extranonce> nextExtranonce = Optional.empty();
    private Optional<Waiting> waiting = Optional.empty();

    /** A request of ours without an answer. */
    private sealed interface Pending {
        record Subscribe() implements Pending {}

        record Authorise() implements Pending {}

        /** Asked for politeness; whatever comes back will do. */
        record Courtesy() implements Pending {}

        record Submitted(Share share, long sentNanos) implements Pending {}
    }

    /** A job that came too early, with what was in force then. */
    private record Waiting(JobNotice notice, Target target, long receivedNanos) {}

    StratumProtocol(Pool pool, long sessionId, PoolTerms terms, Consumer<String> out, PoolListener listener) {
        this.pool = pool;
        this.sessionId = sessionId;
        this.terms = terms;
        this.out = out;
        this.listener = listener;
        this.openedNanos = now();
        this.heardNanos = openedNanos;
    }

    void open() {
        request(new Pending.Subscribe(), "mining.subscribe", AGENT);
    }

    boolean hadJob() {
        return hadJob;
    }

    /** @throws IOException if the line ends the session */
    void onLine(String line) throws IOException {
        heardNanos = now();
        pinged = false;
        if (line.isBlank()) {
            return;
        }
        switch (StratumMessage.of(line)) {
            case StratumMessage.Reply reply -> onReply(reply);
            case StratumMessage.Call call -> onCall(call);
            case StratumMessage.Unusable unusable -> say("ignored a line: " + unusable.why());
        }
    }

    /** Looks at the clock: shares without an answer, a pool without a word. */
    void onTick() throws IOException {
        long now = now();
        expireShares(now);
        if (!authorised && since(openedNanos, now).compareTo(terms.limits().connect()) > 0) {
            throw new IOException("the pool did not authorise within "
                    + terms.limits().connect().toSeconds() + " s");
        }
        Duration silent = since(heardNanos, now);
        if (silent.compareTo(terms.limits().silence()) > 0) {
            throw new IOException("the pool was silent for " + silent.toSeconds() + " s");
        }
        if (!pinged && silent.compareTo(terms.limits().ping()) > 0) {
            pinged = true;
            request(new Pending.Courtesy(), "mining.ping");
        }
    }

    private void expireShares(long now) {
        for (Map.Entry<Long, Pending> entry : pending.entrySet()) {
            if (entry.getValue() instanceof Pending.Submitted submitted
                    && since(submitted.sentNanos(), now)
                                    .compareTo(terms.limits().answer())
                            > 0
                    && pending.remove(entry.getKey(), submitted)) {
                judge(
                        submitted,
                        new ShareVerdict.Unanswered(
                                "no answer within " + terms.limits().answer().toSeconds() + " s"));
            }
        }
    }

    void submit(Share share) {
        if (!sent(share)) {
            String reason = share.sessionId() == sessionId ? WITHDRAWN : "the connection is another one";
            listener.on(new PoolEvent.Judged(share, new ShareVerdict.Stale(0, reason), 0));
        }
    }

    /** In one step with {@link #withdrawJobs}, so that nothing is sent after a clean job that belongs to one before it. */
    private synchronized boolean sent(Share share) {
        if (share.sessionId() != sessionId || share.generation() < generation) {
            return false;
        }
        request(
                new Pending.Submitted(share, now()),
                "mining.submit",
                share.submission().toArray());
        return true;
    }

    private synchronized void withdrawJobs() {
        generation++;
    }

    /** The connection is gone: what was not answered will not be. */
    void end() {
        for (Map.Entry<Long, Pending> entry : pending.entrySet()) {
            if (pending.remove(entry.getKey(), entry.getValue())
                    && entry.getValue() instanceof Pending.Submitted submitted) {
                judge(submitted, new ShareVerdict.Unanswered("the connection ended first"));
            }
        }
    }

    private void onReply(StratumMessage.Reply reply) throws IOException {
        Pending request = reply.id().isPresent() ? pending.remove(reply.id().getAsLong()) : null;
        if (request == null) {
            return; // pools answer notices, or twice, or with ids of their own
        }
        switch (request) {
            case Pending.Subscribe _ -> subscribed(reply);
            case Pending.Authorise _ -> authorised(reply);
            case Pending.Courtesy _ -> {}
            case Pending.Submitted submitted -> judge(submitted, verdict(reply));
        }
    }

    private void subscribed(StratumMessage.Reply reply) throws IOException {
        if (reply.error().isPresent() || !reply.result().isArray()) {
            throw new IOException("the pool refuses the subscription: " + reason(reply));
        }
        try {
            extranonce = Optional.of(
                    Extranonce.of(reply.result().path(1), reply.result().path(2), spaceStart()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the pool's subscription is unusable: " + e.getMessage(), e);
        }
        request(new Pending.Courtesy(), "mining.extranonce.subscribe");
        request(new Pending.Authorise(), "mining.authorize", pool.user(), pool.password());
    }

    private void authorised(StratumMessage.Reply reply) throws IOException {
        if (!reply.isTrue()) {
            throw new IOException("the pool refuses user " + pool.user() + ": " + reason(reply));
        }
        authorised = true;
        listener.on(new PoolEvent.Authorised(pool.address()));
        terms.suggestedDifficulty()
                .ifPresent(wish -> request(new Pending.Courtesy(), "mining.suggest_difficulty", wish));
        startWaiting();
    }

    private static ShareVerdict verdict(StratumMessage.Reply reply) {
        if (reply.isTrue()) {
            return new ShareVerdict.Accepted();
        }
        int code = reply.error().map(StratumError::code).orElse(StratumError.OTHER);
        return code == StratumError.STALE
                ? new ShareVerdict.Stale(code, reason(reply))
                : new ShareVerdict.Rejected(code, reason(reply));
    }

    private static String reason(StratumMessage.Reply reply) {
        return reply.error()
                .map(StratumError::text)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> "no reason given, result "
                        + PrintableText.of(reply.result().toString()));
    }

    private void onCall(StratumMessage.Call call) throws IOException {
        JsonNode params = call.params();
        try {
            switch (call.method()) {
                case "mining.notify" -> notified(JobNotice.of(params));
                case "mining.set_difficulty" -> difficulty = difficulty(params.path(0));
                case "mining.set_extranonce" ->
                    nextExtranonce = Optional.of(Extranonce.of(params.path(0), params.path(1), spaceStart()));
                case "client.reconnect" -> reconnect(params);
                case "client.get_version" -> reply(call.id(), AGENT);
                case "client.show_message" ->
                    say("says: " + PrintableText.of(params.path(0).asText("")));
                case "mining.ping", "client.ping" -> reply(call.id(), "pong");
                case "mining.set_version_mask" -> {} // we roll no version bits
                default -> say("ignored method " + PrintableText.of(call.method()));
            }
        } catch (IllegalArgumentException malformed) {
            say("ignored " + PrintableText.of(call.method()) + ": " + PrintableText.of(malformed.getMessage()));
        }
    }

    private static BigDecimal difficulty(JsonNode value) {
        BigDecimal difficulty = value.isTextual() ? number(value.textValue()) : value.decimalValue();
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException(
                    "difficulty " + PrintableText.of(value.toString()) + " is not a number above zero");
        }
        return difficulty;
    }

    /** Zero where it is none: what {@link BigDecimal} throws need not have a message. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException none) {
            return BigDecimal.ZERO;
        }
    }

    private void notified(JobNotice notice) {
        if (nextExtranonce.isPresent()) {
            extranonce = nextExtranonce;
            nextExtranonce = Optional.empty();
        }
        if (notice.clean()) {
            withdrawJobs();
        }
        waiting = Optional.of(new Waiting(notice, terms.algorithm().targetOf(difficulty), heardNanos));
        startWaiting();
    }

    private void startWaiting() {
        if (!authorised || extranonce.isEmpty() || waiting.isEmpty()) {
            return;
        }
        Waiting job = waiting.get();
        waiting = Optional.empty();
        hadJob = true;
        StratumJob.Place place = new StratumJob.Place(sessionId, generation, job.receivedNanos());
        listener.on(new PoolEvent.NewJob(new StratumJob(pool, place, job.notice(), extranonce.get(), job.target())));
    }

    private void reconnect(JsonNode params) throws IOException {
        String host = params.path(0).asText("");
        if (!host.isEmpty() && !host.equalsIgnoreCase(pool.address().bareHost())) {
            say("ignored client.reconnect to another host: " + PrintableText.of(host));
            return;
        }
        int port = params.path(1).asInt(pool.address().port());
        int seconds = Math.clamp(params.path(2).asInt(0), 0, RECONNECT_PAUSE_SECONDS_MAX);
        PoolAddress there = new PoolAddress(
                pool.address().scheme(),
                pool.address().host(),
                port == 0 ? pool.address().port() : port);
        throw new PoolMovedException(there, Duration.ofSeconds(seconds));
    }

    private void reply(JsonNode id, String result) {
        ObjectNode line = StratumMessage.JSON.createObjectNode();
        line.set("id", id);
        out.accept(line.put("result", result).putNull("error").toString());
    }

    private void request(Pending request, String method, Object... params) {
        long id = nextId.getAndIncrement();
        pending.put(id, request);
        ObjectNode line = StratumMessage.JSON.createObjectNode();
        line.put("id", id).put("method", method).set("params", StratumMessage.JSON.valueToTree(params));
        out.accept(line.toString());
    }

    private void judge(Pending.Submitted submitted, ShareVerdict verdict) {
        long latency = since(submitted.sentNanos(), now()).toMillis();
        listener.on(new PoolEvent.Judged(submitted.share(), verdict, latency));
    }

    private void say(String text) {
        listener.on(new PoolEvent.Said(pool.address(), text));
    }

    private long spaceStart() {
        return terms.random().nextLong() >>> 1;
    }

    private long now() {
        return terms.ticker().getAsLong();
    }

    private static Duration since(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
