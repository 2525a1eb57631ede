package filon.mining.pool.kawpow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import filon.mining.algorithm.Digest;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What KawPow's pools say and mean. Target and notice come before the replies; the target of the notice counts.
 *
 * <p>The extranonce is taken whole as the first bytes of the nonce. The reference pool gives three bytes and checks two of them; NiceHash
 * adds a byte to those of its pool, so that the same rule serves.
 */
final class KawpowSpeech implements Speech {
    private static final Admission.Greeting GREETING = new Admission.Greeting(List.of(Talk.AGENT), true, true);

    private final Talk talk;
    private final SmallTalk smallTalk;
    private final Admission<NonceRoom> admission;
    private Optional<Target> target = Optional.empty();

    KawpowSpeech(Talk talk) {
        this.talk = talk;
        this.smallTalk = new SmallTalk(talk);
        this.admission = new Admission<>(talk, GREETING, answer -> Optional.of(room(answer.path(1))));
    }

    private NonceRoom room(JsonNode extranonce) {
        return NonceRoom.of(extranonce, MissingNode.getInstance(), talk.searchStart());
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
                notified(KawpowNotice.of(
                        params, target, talk.terms().terms().algorithm().heightMax()));
            case "mining.set_target" -> target = Optional.of(PoolValues.target(params.path(0)));
            case "mining.set_extranonce" -> admission.use(room(params.path(0)));
            default -> smallTalk.heard(call);
        }
    }

    private void notified(KawpowNotice notice) {
        NonceJob.Template template = new NonceJob.Template(
                notice.id(),
                notice.header(),
                notice.target(),
                notice.isClean(),
                (nonce, digest) -> submission(notice, nonce, digest));
        admission.notified(notice.isClean(), (place, room) -> new NonceJob(place, template, room));
    }

    /** The pool cuts two characters off each of the last three. */
    private List<String> submission(KawpowNotice notice, long nonce, Digest digest) {
        return List.of(
                talk.pool().user(),
                notice.id(),
                "0x" + NonceRoom.whole(nonce),
                "0x" + HexFormat.of().formatHex(notice.header().prefix()),
                "0x" + HexFormat.of().formatHex(digest.mix()));
    }

    @Override
    public Optional<String> identity() {
        return admission.room().map(room -> "kawpow " + room.extranonce());
    }

    @Override
    public boolean probe() {
        return smallTalk.probe();
    }
}
