package filon.mining.pool.nicehash;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PrintableText;
import filon.mining.pool.ethereum.EthereumJobs;
import filon.mining.pool.ethereum.Field;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.PoolValues;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What EthereumStratum/1.0.0 says and means. The pool's extranonce is the top of the nonce, and a share names the rest only; a new
 * difficulty or extranonce counts from the next job on.
 */
final class NicehashSpeech implements Speech {
    static final String VERSION = "EthereumStratum/1.0.0";
    private static final String VERSIONS = "EthereumStratum/";
    private static final int EXTRANONCE_DIGITS_MAX = 6;

    private final Talk talk;
    private final EthereumJobs jobs;
    private BigDecimal difficulty = BigDecimal.ONE;
    private boolean subscribed;
    private boolean answersExtranonceSubscription;

    NicehashSpeech(Talk talk) {
        this.talk = talk;
        this.jobs = new EthereumJobs(talk);
    }

    @Override
    public void open() {
        talk.ask("mining.subscribe", this::subscribed, Talk.AGENT, VERSION);
    }

    private void subscribed(LineMessage.Reply reply) throws IOException {
        if (reply.error().isPresent() || !reply.result().isArray()) {
            throw PoolRefusedException.ofSubscription("the subscription to " + VERSION, reply.reason());
        }
        checkVersion(reply.result().path(0));
        try {
            jobs.begin(extranonce(reply.result().path(1)));
        } catch (IllegalArgumentException e) {
            throw Talk.unusable(e);
        }
        subscribed = true;
        if (!talk.terms().memory().isShy()) {
            talk.ask("mining.extranonce.subscribe", _ -> answersExtranonceSubscription = true);
        }
        talk.authorise(jobs::release);
    }

    /** A pool that does not name the version is believed only where the address does. */
    private void checkVersion(JsonNode subscription) throws IOException {
        Optional<String> version = version(subscription, 2);
        PoolAddress.Scheme scheme = talk.pool().address().scheme();
        boolean isGuessed = scheme == PoolAddress.Scheme.STRATUM_TCP || scheme == PoolAddress.Scheme.STRATUM_SSL;
        if (version.isEmpty() ? isGuessed : !version.get().equals(VERSION)) {
            throw new IOException("the pool speaks "
                    + version.map(PrintableText::of).orElse("no version of EthereumStratum") + ", not " + VERSION);
        }
    }

    private static Optional<String> version(JsonNode node, int depth) {
        if (node.isTextual()) {
            return Optional.of(node.textValue()).filter(text -> text.startsWith(VERSIONS));
        }
        if (depth == 0) {
            return Optional.empty();
        }
        for (JsonNode each : node) {
            Optional<String> found = version(each, depth - 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String extranonce(JsonNode field) {
        String digits = Field.digits(field, "extranonce");
        if (digits.length() > EXTRANONCE_DIGITS_MAX) {
            throw new IllegalArgumentException("extranonce of " + digits.length() + " hex digits exceeds the "
                    + EXTRANONCE_DIGITS_MAX + " of " + VERSION);
        }
        return digits;
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "mining.notify" -> notified(params);
            case "mining.set_difficulty" -> difficulty = PoolValues.difficulty(params.path(0));
            case "mining.set_extranonce" -> jobs.beginNext(extranonce(params.path(0)));
            default -> new SmallTalk(talk).heard(call);
        }
    }

    /** Job, seed, header, clean flag. */
    private void notified(JsonNode params) {
        String id = Field.jobId(params.path(0));
        Target target = talk.terms().terms().algorithm().targetOf(difficulty);
        jobs.offer(new EthereumJobs.Notice(
                id,
                jobs.header(params.path(2), params.path(1)),
                target,
                params.path(3).asBoolean(false),
                (room, nonce, _) -> List.of(talk.pool().user(), id, room.ours(nonce))));
    }

    /** A complaint under no id of ours before we are subscribed is about the subscription. */
    @Override
    public void pushed(LineMessage.Reply reply) throws IOException {
        if (!subscribed && reply.error().isPresent()) {
            throw PoolRefusedException.ofSubscription("the subscription to " + VERSION, reply.reason());
        }
    }

    @Override
    public Optional<String> identity() {
        return jobs.extranonce().map(extranonce -> VERSION + " " + extranonce);
    }

    /** Asks once more for what the pool answered once and was not harmed by. */
    @Override
    public boolean probe() {
        if (answersExtranonceSubscription) {
            talk.ask("mining.extranonce.subscribe", Talk.Answer.ignored());
        }
        return answersExtranonceSubscription;
    }
}
