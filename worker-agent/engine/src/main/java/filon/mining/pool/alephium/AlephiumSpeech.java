package filon.mining.pool.alephium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.Admission;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.PoolError;
import filon.mining.pool.line.PoolValues;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Alephium's pools say and mean. The coin's own pool answers a subscription with a text that means nothing, others not at all, so
 * that nothing waits for it; the extranonce follows the authorisation. A pool may send no extranonce; then all nonces are ours.
 *
 * <p>A notice brings a template, or one of each chain: one of them is mined, of the next notice the one after. No notice withdraws those
 * before.
 */
final class AlephiumSpeech implements Speech {
    private static final Admission.Greeting GREETING = new Admission.Greeting(List.of(Talk.AGENT), false, false);
    private static final int CHAIN_OF_JOB = 21;
    private static final int WORKER = 22;
    private static final int DUPLICATE = 24;

    private final Talk talk;
    private final SmallTalk smallTalk;
    private final Admission<NonceStart> admission;
    private BigDecimal difficulty = BigDecimal.ONE;
    private int turn;

    AlephiumSpeech(Talk talk) {
        this.talk = talk;
        this.smallTalk = new SmallTalk(talk);
        this.admission = new Admission<>(talk, GREETING, this::startsOfAnswer);
        admission.begin(new NonceStart("", talk.searchStart()));
    }

    private Optional<NonceStart> startsOfAnswer(JsonNode answer) {
        return answer.path(1).isTextual() ? Optional.of(starts(answer.path(1))) : Optional.empty();
    }

    private NonceStart starts(JsonNode extranonce) {
        return new NonceStart(PoolValues.hex(extranonce, "extranonce"), talk.searchStart());
    }

    @Override
    public void open() {
        admission.open();
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "mining.notify" -> notified(params);
            case "mining.set_difficulty" -> difficulty = PoolValues.difficulty(params.path(0));
            case "mining.set_extranonce" -> admission.use(starts(params.isTextual() ? params : params.path(0)));
            default -> smallTalk.heard(call);
        }
    }

    private void notified(JsonNode templates) {
        if (!templates.isArray() || templates.isEmpty()) {
            throw new IllegalArgumentException("no template");
        }
        ProofOfWork algorithm = talk.terms().terms().algorithm();
        Template template = Template.of(
                templates.get(Math.floorMod(turn++, templates.size())),
                algorithm.prefixLength() - NonceStart.LENGTH,
                algorithm.targetOf(difficulty));
        admission.notified(false, (place, starts) -> new AlephiumJob(place, template, starts));
    }

    @Override
    public ObjectNode submission(Share share) {
        List<String> values = share.submission();
        ObjectNode line = LineMessage.JSON.createObjectNode().put("method", "mining.submit");
        line.putObject("params")
                .put("jobId", values.get(0))
                .put("fromGroup", Integer.parseInt(values.get(1)))
                .put("toGroup", Integer.parseInt(values.get(2)))
                .put("nonce", values.get(3))
                .put("worker", values.get(4));
        return line;
    }

    /** These pools' numbers for errors are their own; where the words do not fit them, they are taken for everybody's. */
    @Override
    public Optional<ShareVerdict> verdict(Share share, LineMessage.Reply reply) {
        int code = reply.error().map(PoolError::code).orElse(0);
        String reason = reply.reason();
        String words = reason.toLowerCase(Locale.ROOT);
        return switch (code) {
            case CHAIN_OF_JOB ->
                words.contains("chain") ? Optional.of(new ShareVerdict.Rejected(code, reason)) : Optional.empty();
            case WORKER ->
                words.contains("worker") ? Optional.of(new ShareVerdict.Rejected(code, reason)) : Optional.empty();
            case DUPLICATE ->
                words.contains("duplicate") ? Optional.of(new ShareVerdict.Duplicate(code, reason)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> identity() {
        return admission.room().map(starts -> "alephium " + starts.extranonce());
    }

    /** The question that Alephium's Stratum has for it. */
    @Override
    public boolean probe() {
        talk.ask("mining.noop", Talk.Answer.ignored());
        return true;
    }
}
