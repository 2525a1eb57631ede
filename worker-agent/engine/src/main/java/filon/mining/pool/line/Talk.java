package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.contracts.value.Pool;
import filon.mining.pool.JobPlace;
import filon.mining.pool.OpenShares;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PrintableText;
import filon.mining.pool.SessionCourse;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One side of a conversation in lines of JSON: requests and who waits for their answers, the shares among them, and how far the session is. */
public final class Talk {
    /** Who we say we are. */
    public static final String AGENT = "filon/0.1";

    private static final int SHARES_MAX = 4_096;
    /** Some pools never answer what is asked out of courtesy; their answers are waited for no longer than so many later questions. */
    private static final int ASKED_MAX = 256;
    /** EthereumStratum/2.0.0 knows no higher one; the others do not mind. */
    private static final long ID_MAX = 65_535;

    private final SessionCourse course;
    private final Wire wire;
    private final Map<Long, Answer> asked = new LinkedHashMap<>();
    private final OpenShares shares = new OpenShares();
    private long lastId;

    /** Takes the answer to a request. */
    @FunctionalInterface
    public interface Answer {
        void on(LineMessage.Reply reply) throws IOException;

        /** Whatever comes back will do. */
        static Answer ignored() {
            return _ -> {};
        }
    }

    Talk(SessionTerms terms, Wire wire, PoolListener listener) {
        this.course = new SessionCourse(terms, listener);
        this.wire = wire;
    }

    SessionCourse course() {
        return course;
    }

    public SessionTerms terms() {
        return course.terms();
    }

    public Pool pool() {
        return course.pool();
    }

    /** Whether the pool hung up on what it did not know: it is asked for the least. */
    public boolean isShy() {
        return terms().memory().isShy();
    }

    /** Where a search begins that no other should share: random. */
    public long searchStart() {
        return terms().terms().random().nextLong();
    }

    public long now() {
        return course.now();
    }

    /** When the line came that is being heard. */
    public long heardNanos() {
        return course.heardNanos();
    }

    /** Asks; the request has the form that most dialects use. */
    public void ask(String method, Answer answer, Object... params) {
        ask(request(method, params), answer);
    }

    /** Asks with a line of one's own, whose id this sets. */
    public void ask(ObjectNode line, Answer answer) {
        long id = freeId();
        asked.put(id, answer);
        if (asked.size() > ASKED_MAX) {
            asked.remove(asked.keySet().iterator().next());
        }
        send(withId(line, id));
    }

    private long freeId() {
        do {
            lastId = lastId % ID_MAX + 1;
        } while (asked.containsKey(lastId) || shares.isOpen(lastId));
        return lastId;
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
        course.sending(share);
        long id = freeId();
        shares.add(id, new OpenShares.Sent(share, now(), again));
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

    /** The end of a session whose subscription was answered with nonsense. */
    public static IOException unusable(IllegalArgumentException why) {
        return new IOException(
                "the pool's subscription is unusable: " + PrintableText.of(String.valueOf(why.getMessage())), why);
    }

    /** Asks to be known as the pool's user; a refusal ends the session. */
    public void authorise(Runnable then) {
        ask("mining.authorize", reply -> authorised(reply, then), pool().user(), pool().password());
    }

    private void authorised(LineMessage.Reply reply, Runnable then) throws IOException {
        if (!reply.isTrue()) {
            throw PoolRefusedException.ofUser(pool().user(), reply.reason());
        }
        authorised();
        then.run();
    }

    /** The pool knows us. */
    public void authorised() {
        course.authorised();
    }

    public boolean isAuthorised() {
        return course.isAuthorised();
    }

    /** Where a job stands that is made now. */
    public JobPlace place(long receivedNanos) {
        return course.place(receivedNanos);
    }

    /** All jobs so far are worthless: shares of them are not sent any more. */
    public void withdrawJobs() {
        course.withdrawJobs();
    }

    public void job(PoolJob job) {
        course.job(job);
    }

    public void say(String text) {
        course.say(text);
    }

    /** Whether somebody waited for this answer: pools answer notices, or twice, or with ids of their own. */
    boolean answered(LineMessage.Reply reply, Speech speech) throws IOException {
        if (reply.id().isEmpty()) {
            return false;
        }
        long id = reply.id().getAsLong();
        Answer answer = asked.remove(id);
        if (answer != null) {
            answer.on(reply);
            return true;
        }
        if (reply.result().isArray()) {
            return false; // no verdict: a job, which some pools push with an id of ours
        }
        Optional<OpenShares.Sent> sent = shares.take(id);
        sent.ifPresent(share -> course.judged(share, verdict(share, reply, speech)));
        return sent.isPresent();
    }

    private ShareVerdict verdict(OpenShares.Sent sent, LineMessage.Reply reply, Speech speech) {
        ShareVerdict verdict = speech.verdict(sent.share(), reply).orElseGet(() -> usual(sent.share(), reply));
        return sent.again() ? afterAll(verdict) : verdict;
    }

    /** What the second answer tells about the first, which was lost: that a share is late or refused now says nothing about then. */
    private static ShareVerdict afterAll(ShareVerdict verdict) {
        return switch (verdict) {
            case ShareVerdict.Accepted _ -> verdict;
            case ShareVerdict.Duplicate _ -> new ShareVerdict.Accepted("the pool had it before the connection ended");
            case ShareVerdict.Rejected _, ShareVerdict.Stale _, ShareVerdict.Unanswered _ ->
                new ShareVerdict.Unanswered("the first answer was lost; to the second try the pool said "
                        + verdict.code() + " " + verdict.reason());
        };
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
        return course.delayOf(share);
    }

    /** Shares without an answer, a pool that does not come to the point. */
    void tick() throws IOException {
        course.expire(shares, terms().terms().limits().answer());
        course.tick();
        if (shares.count() > SHARES_MAX) {
            throw new IOException("the pool left " + SHARES_MAX + " shares without an answer");
        }
    }

    int openShares() {
        return shares.count();
    }

    /** Forgets all requests; the shares among them. */
    List<Share> end() {
        asked.clear();
        return shares.end();
    }

    /** What a pool did wrong, said once per line and fit for a log. */
    void complain(String about, IllegalArgumentException why) {
        say(PoolEvent.Said.IGNORED + PrintableText.of(about) + ": "
                + PrintableText.of(String.valueOf(why.getMessage())));
    }
}
