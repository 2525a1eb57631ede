package filon.mining.pool.ethereum2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Header;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PrintableText;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.ethereum.EthereumJobs;
import filon.mining.pool.ethereum.Field;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.PoolError;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What EthereumStratum/2.0.0 says and means.
 *
 * <pre>
 *   hello -> subscribe -> authorize -> set, notify ... submit
 *              |  with the id of the session before, where the pool can go on with it: what was set then holds on
 * </pre>
 */
final class Ethereum2Speech implements Speech {
    static final String VERSION = "EthereumStratum/2.0.0";
    private static final Duration HASH_RATE_EVERY = Duration.ofMinutes(1);
    private static final Duration NOOP_EVERY_LEAST = Duration.ofSeconds(1);

    private final Talk talk;
    private final EthereumJobs jobs;
    private MiningTerms terms = MiningTerms.UNSET;
    private Duration noopEvery = Duration.ofMinutes(1);
    private long noopNanos;
    private long rateToldNanos;
    private boolean greeted;
    private String session = "";
    private String token = "";
    private Optional<String> fault = Optional.empty();

    Ethereum2Speech(Talk talk) {
        this.talk = talk;
        this.jobs = new EthereumJobs(talk);
    }

    @Override
    public void open() {
        PoolAddress pool = talk.pool().address();
        ObjectNode greeting = LineMessage.JSON.createObjectNode();
        greeting.put("agent", Talk.AGENT)
                .put("host", pool.bareHost())
                .put("port", Integer.toHexString(pool.port()))
                .put("proto", VERSION);
        talk.ask(line("mining.hello").set("params", greeting), this::greeted);
    }

    /** Without parameters, which must not be there where there are none. */
    private static ObjectNode line(String method) {
        return LineMessage.JSON.createObjectNode().put("method", method);
    }

    private void greeted(LineMessage.Reply reply) throws IOException {
        JsonNode terms = reply.result();
        if (reply.error().isPresent() || !terms.isObject()) {
            throw refusal(reply);
        }
        if (!terms.path("proto").asText("").equals(VERSION)) {
            throw new IOException(
                    "the pool speaks " + PrintableText.of(terms.path("proto").asText("no version of EthereumStratum"))
                            + ", not " + VERSION);
        }
        greeted = true;
        if (!terms.path("encoding").asText("plain").equals("plain")) {
            talk.say("offers " + PrintableText.of(terms.path("encoding").asText("")) + "; we go on in plain text");
        }
        expectTimeout(terms.path("timeout"));
        subscribe(isYes(terms.path("resume")));
    }

    private static IOException refusal(LineMessage.Reply reply) {
        return PoolRefusedException.ofSubscription(VERSION, reply.reason());
    }

    /** A pool that hears nothing for so many seconds may leave. */
    private void expectTimeout(JsonNode seconds) {
        if (seconds.isTextual()) {
            Duration half = Duration.ofMillis(500 * Math.min(Field.number(seconds, "timeout"), 3_600));
            noopEvery = half.compareTo(NOOP_EVERY_LEAST) < 0 ? NOOP_EVERY_LEAST : half;
        }
    }

    private static boolean isYes(JsonNode flag) {
        return flag.asText("").equals("1") || flag.isBoolean() && flag.booleanValue();
    }

    private void subscribe(boolean isResumable) {
        Optional<LastSession> last =
                talk.terms().memory().resume().filter(_ -> isResumable).map(LastSession::of);
        ObjectNode line = line("mining.subscribe");
        last.ifPresent(before -> line.put("params", before.id()));
        talk.ask(line, reply -> subscribed(reply, last));
    }

    private void subscribed(LineMessage.Reply reply, Optional<LastSession> last) throws IOException {
        talk.terms().memory().forgetResume();
        if (isRefused(reply)) {
            throw PoolRefusedException.ofSubscription("the subscription", reply.reason());
        }
        session = name(reply.result(), "session");
        last.filter(before -> before.id().equals(session)).ifPresent(before -> terms = before.terms());
        jobs.begin(terms.extranonce());
        talk.ask(
                "mining.authorize",
                this::authorised,
                talk.pool().user(),
                talk.pool().password());
    }

    /** Codes of 200 and some accept, with a remark. */
    private static boolean isRefused(LineMessage.Reply reply) {
        return reply.error().filter(error -> hundreds(error) != 2).isPresent();
    }

    private static int hundreds(PoolError error) {
        return error.code() / 100;
    }

    /** An id that the pool gave for us to use; the session is worth nothing without. */
    private static String name(JsonNode field, String what) throws IOException {
        String name = field.asText("");
        if (name.isEmpty() || !PrintableText.of(name).equals(name)) {
            throw new IOException("the pool named no " + what + ": " + PrintableText.of(field.toString()));
        }
        return name;
    }

    private void authorised(LineMessage.Reply reply) throws IOException {
        if (isRefused(reply)) {
            throw PoolRefusedException.ofUser(talk.pool().user(), reply.reason());
        }
        reply.error().ifPresent(remark -> talk.say("says: " + remark.text()));
        token = name(reply.result(), "worker");
        rememberSession();
        noopNanos = talk.now();
        rateToldNanos = talk.now();
        talk.authorised();
        jobs.release();
    }

    private void rememberSession() {
        talk.terms().memory().resumeWith(new LastSession(session, terms).text());
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "mining.set" -> set(params);
            case "mining.notify" -> notified(params);
            case "mining.reconnect" -> reconnect(params);
            case "mining.bye" -> bye();
            case "mining.noop" -> answer(call);
            case "mining.hashrate" -> {} // what the pool counts for us, which it shows on its pages too
            default -> new SmallTalk(talk).heard(call);
        }
    }

    /** All that is named, or nothing of it. */
    private void set(JsonNode params) {
        MiningTerms next = terms.with(params);
        jobs.beginNext(next.extranonce());
        terms = next;
        if (talk.isAuthorised()) {
            rememberSession();
        }
    }

    /** Job, height, header, whether all before is stale. */
    private void notified(JsonNode params) {
        String id = Field.jobId(params.path(0));
        long height = Field.number(params.path(1), "block");
        requireOurs(height);
        jobs.offer(new EthereumJobs.Notice(
                id,
                new Header(Field.hash(params.path(2), "header hash"), height),
                terms.target(),
                isYes(params.path(3)),
                (room, nonce, _) -> List.of(id, room.ours(nonce), token)));
    }

    private void requireOurs(long height) {
        String ours = talk.terms().terms().algorithm().name();
        if (!terms.algorithm().equals(ours) && !terms.algorithm().equals(MiningTerms.USUAL)) {
            throw new IllegalArgumentException("the pool wants " + terms.algorithm() + ", and " + ours + " is mined");
        }
        long epoch = terms.epoch().orElseThrow(() -> new IllegalArgumentException("mining.set named no epoch yet"));
        if (!jobs.epochs().isIn(epoch, height)) {
            throw new IllegalArgumentException("block " + height + " is not in epoch " + epoch + " of " + ours);
        }
    }

    private void reconnect(JsonNode params) throws IOException {
        if (!isYes(params.path("resume"))) {
            talk.terms().memory().forgetResume();
        }
        int port =
                params.has("port") ? (int) Math.min(Field.number(params.path("port"), "port"), Integer.MAX_VALUE) : 0;
        new SmallTalk(talk).reconnect(params.path("host").asText(""), port, Duration.ZERO);
    }

    private void bye() throws IOException {
        talk.terms().memory().forgetResume();
        throw new IOException("the pool said good-bye");
    }

    private void answer(LineMessage.Call call) {
        if (call.id().isIntegralNumber()) {
            talk.send(LineMessage.JSON.createObjectNode().set("id", call.id()));
        }
    }

    /** A complaint under no id of ours before we were greeted is about the greeting. */
    @Override
    public void pushed(LineMessage.Reply reply) throws IOException {
        if (!greeted && reply.error().isPresent()) {
            throw refusal(reply);
        }
    }

    /** No result and no error is consent; codes tell by their hundreds what an error is about: those of 200 accept, a late share too. */
    @Override
    public Optional<ShareVerdict> verdict(Share share, LineMessage.Reply reply) {
        if (reply.error().isEmpty()) {
            boolean isConsent = reply.result().isMissingNode() || reply.result().isNull();
            return isConsent ? Optional.of(new ShareVerdict.Accepted()) : Optional.empty();
        }
        PoolError error = reply.error().get();
        noteFault(reply);
        if (hundreds(error) == 2) {
            return Optional.of(new ShareVerdict.Accepted(error.text()));
        }
        if (error.says("stale") || error.says("job not found")) {
            return Optional.of(new ShareVerdict.Stale(talk.delayOf(share), error.code(), error.text()));
        }
        return error.says("duplicate")
                ? Optional.of(new ShareVerdict.Duplicate(error.code(), error.text()))
                : Optional.empty();
    }

    /** The pool is to be left then; not before the verdict is told. */
    private void noteFault(LineMessage.Reply reply) {
        reply.error()
                .filter(error -> hundreds(error) == 5)
                .ifPresent(error -> fault = Optional.of(error.code() + " " + error.text()));
    }

    @Override
    public void tick() throws IOException {
        if (fault.isPresent()) {
            throw new IOException("the pool has a fault of its own: " + fault.get());
        }
        if (!talk.isAuthorised()) {
            return;
        }
        if (talk.now() - noopNanos >= noopEvery.toNanos()) {
            probe();
        }
        tellRate();
    }

    private void tellRate() {
        double rate = talk.terms().rate().getAsDouble();
        if (rate > 0 && talk.now() - rateToldNanos >= HASH_RATE_EVERY.toNanos()) {
            rateToldNanos = talk.now();
            talk.ask("mining.hashrate", this::noteFault, Long.toHexString((long) rate), token);
        }
    }

    @Override
    public boolean probe() {
        noopNanos = talk.now();
        talk.ask(line("mining.noop"), this::noteFault);
        return true;
    }

    /** A share names a token of the session, and its nonce's last part. */
    @Override
    public Optional<String> identity() {
        return jobs.extranonce()
                .filter(_ -> !token.isEmpty())
                .map(extranonce -> VERSION + " " + session + " " + token + " " + extranonce);
    }
}
