package filon.mining.pool.ergo;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * What Ergo's pools say and mean. The nonce is the pool's extranonce and ours, eight bytes together.
 *
 * <p>The b of a notice is the target of shares as it stands; {@code mining.set_difficulty} changes nothing. Pools multiply a miner's
 * difficulty into b and send the difficulty 1, as few miners would heed another. To NiceHash they send difficulty x 2^32 beside the same b:
 * that is for its books, and b divided by it would ask for a block's worth of work and more per share. A pool that leaves b the
 * network's and means its difficulty as a factor would be mined at the network's difficulty; it is said when one sends anything but 1.
 */
final class ErgoSpeech implements Speech {
    private static final Admission.Greeting GREETING = new Admission.Greeting(List.of(Talk.AGENT), true, true);
    private static final MathContext ROUGHLY = new MathContext(6);
    /** Pools ignore it and refuse an empty one. */
    private static final String TIME = "00000000";

    private final Talk talk;
    private final SmallTalk smallTalk;
    private final Admission<NonceRoom> admission;
    private BigDecimal difficulty = BigDecimal.ONE;

    ErgoSpeech(Talk talk) {
        this.talk = talk;
        this.smallTalk = new SmallTalk(talk);
        this.admission = new Admission<>(talk, GREETING, answer -> Optional.of(room(answer.path(1), answer.path(2))));
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
            case "mining.notify" ->
                notified(ErgoNotice.of(params, talk.terms().terms().algorithm().heightMax()));
            case "mining.set_difficulty" -> told(PoolValues.difficulty(params.path(0)));
            case "mining.set_extranonce" -> admission.use(room(params.path(0), params.path(1)));
            default -> smallTalk.heard(call);
        }
    }

    private void told(BigDecimal named) {
        boolean isNews = named.compareTo(difficulty) != 0;
        difficulty = named;
        if (isNews && named.compareTo(BigDecimal.ONE) != 0) {
            talk.say("names a difficulty of " + named.round(ROUGHLY) + "; only the b of its jobs counts");
        }
    }

    private void notified(ErgoNotice notice) {
        admission.notified(notice.isClean(), (place, room) -> {
            NonceJob.Submission submission = (nonce, _) ->
                    List.of(talk.pool().user(), notice.id(), room.ours(nonce), TIME, NonceRoom.whole(nonce));
            return new NonceJob(
                    place,
                    new NonceJob.Template(notice.id(), notice.header(), notice.target(), notice.isClean(), submission),
                    room);
        });
    }

    @Override
    public Optional<String> identity() {
        return admission.room().map(room -> "ergo " + room.extranonce());
    }

    @Override
    public boolean probe() {
        return smallTalk.probe();
    }
}
