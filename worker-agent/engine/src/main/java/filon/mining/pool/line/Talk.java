package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.contracts.value.Pool;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PrintableText;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One side of a conversation in lines of JSON: requests and who waits for their answers, the shares among them, and how far the session is. */
public final class Talk {
    private static final int PENDING_MAX = 4_096;

    private final SessionTerms terms;
    private final Wire wire;
    private final PoolListener listener;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final long openedNanos;
    private long nextId = 1;
    private long heardNanos;
    private long generation;
    private boolean authorised;
    private boolean hadJob;
    private long authorisedNanos;

    /** Takes the answer to a request. */
    @FunctionalInterface
    public interface Answer {
        void on(LineMessage.Reply reply) throws IOException;

        /** Whatever comes back will do. */
        static Answer ignored() {
            return _ -> {};
        }
    }

    private sealed interface Pending {
        record Asked(Answer answer) implements Pending {}

        /** @param again sent before, in a session that ended without an answer */
        record Submitted(Share share, long sentNanos, boolean again) implements Pending {}
    }

    Talk(SessionTerms terms, Wire wire, PoolListener listener) {
        this.terms = terms;
        this.wire = wire;
        this.listener = listener;
        this.openedNanos = now();
        this.heardNanos = openedNanos;
    }

    public SessionTerms terms() {
        return terms;
    }

    public Pool pool() {
        return terms.order().pool();
    }

    public long now() {
        return terms.terms().ticker().getAsLong();
    }

    /** When the line came that is being heard. */
    public long heardNanos() {
        return heardNanos;
    }

    /** Asks; the request has the form that most dialects use. */
    public void ask(String method, Answer answer, Object... params) {
        ask(request(method, params), answer);
    }

    /** Asks with a line of one's own, whose id this sets. */
    public void ask(ObjectNode line, Answer answer) {
        long id = nextId++;
        pending.put(id, new Pending.Asked(answer));
        send(withId(line, id));
    }

    public static ObjectNode request(String method, Object... params) {
        ObjectNode line = LineMessage.JSON.createObjectNode();
        line.put("method", method).set("params", LineMessage.JSON.valueToTree(params));
        return line;
    }

    private static ObjectNode withId(ObjectNode line, long id) {
        ObjectNode first = LineMessage.JSON.createObjectNode();
        first.put("id", id).setAll(line);
        return first;
    }

    /** Sends a share with a line of the dialect's, whose id this sets; the answer becomes its verdict. */
    void submit(Share share, ObjectNode line, boolean again) {
        listener.on(new PoolEvent.Sending(share));
        long id = nextId++;
        pending.put(id, new Pending.Submitted(share, now(), again));
        send(withId(line, id));
    }

    /** Answers a question of the pool. */
    public void reply(JsonNode id, Object result) {
        ObjectNode line = LineMessage.JSON.createObjectNode();
        line.set("id", id);
        line.set("result", LineMessage.JSON.valueToTree(result));
        send(line.putNull("error"));
    }

    /** Says a line to which no answer is expected. */
    public void send(ObjectNode line) {
        wire.send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The pool knows us. */
    public void authorised() {
        authorised = true;
        authorisedNanos = now();
        listener.on(new PoolEvent.Authorised(pool().address()));
    }

    public boolean isAuthorised() {
        return authorised;
    }

    /** Where a job stands that is made now. */
    public JobPlace place(long receivedNanos) {
        return new JobPlace(pool(), terms.id(), generation, receivedNanos);
    }

    /** All jobs so far are worthless: shares of them are not sent any more. */
    public void withdrawJobs() {
        generation++;
    }

    public void job(PoolJob job) {
        hadJob = true;
        listener.on(new PoolEvent.NewJob(job));
    }

    public void say(String text) {
        listener.on(new PoolEvent.Said(pool().address(), text));
    }

    /** The verdict on a share that needs no answer. */
    void judge(Share share, ShareVerdict verdict) {
        listener.on(new PoolEvent.Judged(share, verdict, 0));
    }

    boolean isOpen(Share share) {
        return share.sessionId() == terms.id() && share.generation() >= generation;
    }

    void heard() {
        heardNanos = now();
    }

    /** Whether somebody waited for this answer. */
    boolean answered(LineMessage.Reply reply, Speech speech) throws IOException {
        Pending request = reply.id().isPresent() ? pending.remove(reply.id().getAsLong()) : null;
        switch (request) {
            case null -> {
                return false; // pools answer notices, or twice, or with ids of their own
            }
            case Pending.Asked asked -> asked.answer().on(reply);
            case Pending.Submitted submitted -> judged(submitted, verdict(submitted, reply, speech));
        }
        return true;
    }

    private ShareVerdict verdict(Pending.Submitted submitted, LineMessage.Reply reply, Speech speech) {
        ShareVerdict verdict = speech.verdict(reply).orElseGet(() -> usual(submitted.share(), reply));
        boolean isOldNews = submitted.again() && verdict instanceof ShareVerdict.Duplicate;
        return isOldNews ? new ShareVerdict.Accepted("the pool had it before the connection ended") : verdict;
    }

    private ShareVerdict usual(Share share, LineMessage.Reply reply) {
        if (reply.isTrue()) {
            return new ShareVerdict.Accepted();
        }
        int code = reply.error().map(PoolError::code).orElse(PoolError.OTHER);
        if (reply.error().map(PoolError::isStale).orElse(false)) {
            return new ShareVerdict.Stale(delayOf(share), code, reply.reason());
        }
        return reply.error().map(PoolError::isDuplicate).orElse(false)
                ? new ShareVerdict.Duplicate(code, reply.reason())
                : new ShareVerdict.Rejected(code, reply.reason());
    }

    /** Whose delay it is that the pool calls a share late now. */
    public ShareVerdict.Delay delayOf(Share share) {
        boolean withdrawnSince = share.sessionId() != terms.id() || share.generation() < generation;
        return withdrawnSince ? ShareVerdict.Delay.WAY : ShareVerdict.Delay.POOL;
    }

    private void judged(Pending.Submitted submitted, ShareVerdict verdict) {
        long latency = Duration.ofNanos(now() - submitted.sentNanos()).toMillis();
        listener.on(new PoolEvent.Judged(submitted.share(), verdict, latency));
    }

    /** Shares without an answer, a pool that does not come to the point. */
    void tick() throws IOException {
        long now = now();
        expireShares(now);
        var limits = terms.terms().limits();
        if (!authorised && now - openedNanos > terms.patience().toNanos()) {
            throw new IOException(
                    "the pool did not authorise within " + terms.patience().toSeconds() + " s");
        }
        if (authorised
                && !hadJob
                && now - authorisedNanos > limits.standby().job().toNanos()) {
            throw new IOException(
                    "the pool sent no job within " + limits.standby().job().toSeconds() + " s");
        }
        if (now - heardNanos > limits.silence().toNanos()) {
            throw new IOException("the pool was silent for "
                    + Duration.ofNanos(now - heardNanos).toSeconds() + " s");
        }
        if (pending.size() > PENDING_MAX) {
            throw new IOException("the pool left " + PENDING_MAX + " requests without an answer");
        }
    }

    private void expireShares(long now) {
        Duration answer = terms.terms().limits().answer();
        List<Pending.Submitted> expired = new ArrayList<>();
        for (Iterator<Pending> each = pending.values().iterator(); each.hasNext(); ) {
            if (each.next() instanceof Pending.Submitted submitted && now - submitted.sentNanos() > answer.toNanos()) {
                each.remove();
                expired.add(submitted);
            }
        }
        expired.forEach(
                each -> judged(each, new ShareVerdict.Unanswered("no answer within " + answer.toSeconds() + " s")));
    }

    int openShares() {
        return (int) pending.values().stream()
                .filter(Pending.Submitted.class::isInstance)
                .count();
    }

    /** Forgets all requests; the shares among them. */
    List<Share> end() {
        List<Share> open = pending.values().stream()
                .filter(Pending.Submitted.class::isInstance)
                .map(each -> ((Pending.Submitted) each).share())
                .toList();
        pending.clear();
        return open;
    }

    /** What a pool did wrong, said once per line and fit for a log. */
    void complain(String about, IllegalArgumentException why) {
        say(PoolEvent.Said.IGNORED + PrintableText.of(about) + ": "
                + PrintableText.of(String.valueOf(why.getMessage())));
    }
}
