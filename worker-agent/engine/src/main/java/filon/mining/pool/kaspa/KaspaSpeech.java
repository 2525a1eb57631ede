package filon.mining.pool.kaspa;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.line.Admission;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.NonceJob;
import filon.mining.pool.line.NonceRoom;
import filon.mining.pool.line.PoolValues;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What Kaspa's pools say and mean. A subscription is answered with {@code [true, "EthereumStratum/1.0.0"]}, with
 * {@code [null, extranonce, size]}, or with a {@code set_extranonce} that has its id; so nothing waits for the answer. Without an
 * extranonce all nonces are ours.
 *
 * <p>No notice withdraws the ones before: blocks are added beside each other, ten a second, and a pool takes shares of the last few.
 */
final class KaspaSpeech implements Speech {
    private static final Admission.Greeting GREETING =
            new Admission.Greeting(List.of(Talk.AGENT, "EthereumStratum/1.0.0"), false, true);

    private final Talk talk;
    private final SmallTalk smallTalk;
    private final Admission<NonceRoom> admission;
    private BigDecimal difficulty = BigDecimal.ONE;

    KaspaSpeech(Talk talk) {
        this.talk = talk;
        this.smallTalk = new SmallTalk(talk);
        this.admission = new Admission<>(talk, GREETING, this::roomOfAnswer);
        admission.begin(new NonceRoom("", talk.searchStart()));
    }

    private Optional<NonceRoom> roomOfAnswer(JsonNode answer) {
        boolean isTold = answer.path(2).isIntegralNumber();
        return isTold ? Optional.of(room(answer.path(1), answer.path(2))) : Optional.empty();
    }

    private NonceRoom room(JsonNode extranonce, JsonNode ours) {
        return NonceRoom.of(extranonce, ours, talk.searchStart());
    }

    @Override
    public void open() {
        admission.open();
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        JsonNode params = call.params();
        switch (call.method()) {
            case "mining.notify" -> notified(KaspaNotice.of(params));
            case "mining.set_difficulty" -> difficulty = PoolValues.difficulty(params.path(0));
            case "set_extranonce", "mining.set_extranonce" -> admission.use(room(params.path(0), params.path(1)));
            default -> smallTalk.heard(call);
        }
    }

    private void notified(KaspaNotice notice) {
        Target target = talk.terms().terms().algorithm().targetOf(difficulty);
        NonceJob.Template template = new NonceJob.Template(
                notice.id(),
                notice.header(),
                target,
                false,
                (nonce, _) -> List.of(talk.pool().user(), notice.id(), "0x" + NonceRoom.whole(nonce)));
        admission.notified(false, (place, room) -> new NonceJob(place, template, room));
    }

    /** Bridges count the ids of jobs for each connection: a share of one says nothing in another. */
    @Override
    public Optional<String> identity() {
        return Optional.empty();
    }

    @Override
    public boolean probe() {
        return smallTalk.probe();
    }
}
