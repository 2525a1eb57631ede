package filon.mining.pool.etherstratum;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.ethereum.EthereumJobs;
import filon.mining.pool.ethereum.Field;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.NonceRoom;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What Stratum V1 of the Ethereum family says and means: each job has its target with it, all of the nonce is ours. */
final class EtherstratumSpeech implements Speech {
    private final Talk talk;
    private final EthereumJobs jobs;
    private boolean subscribed;

    EtherstratumSpeech(Talk talk) {
        this.talk = talk;
        this.jobs = new EthereumJobs(talk);
    }

    @Override
    public void open() {
        talk.ask("mining.subscribe", this::subscribed);
    }

    /** Some answer {@code true}, some as Stratum V1 does; the extranonce that some send then is used by none. */
    private void subscribed(LineMessage.Reply reply) throws IOException {
        if (!reply.isTrue() && (reply.error().isPresent() || !reply.result().isArray())) {
            throw refusal(reply);
        }
        subscribed = true;
        jobs.begin("");
        talk.authorise(jobs::release);
    }

    private static IOException refusal(LineMessage.Reply reply) {
        return PoolRefusedException.ofSubscription("the subscription", reply.reason());
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        if (call.method().equals("mining.notify")) {
            notified(call.params());
        } else {
            new SmallTalk(talk).heard(call);
        }
    }

    /** Job, header, seed, target, clean flag. */
    private void notified(JsonNode params) {
        String id = Field.jobId(params.path(0));
        byte[] hash = Field.hash(params.path(1), "header hash");
        jobs.offer(new EthereumJobs.Notice(
                id,
                jobs.header(params.path(1), params.path(2)),
                Field.target(params.path(3)),
                params.path(4).asBoolean(false),
                (_, nonce, digest) -> List.of(
                        talk.pool().user(),
                        id,
                        "0x" + NonceRoom.whole(nonce),
                        "0x" + HexFormat.of().formatHex(hash),
                        "0x" + HexFormat.of().formatHex(digest.mix()))));
    }

    /** A complaint under no id of ours before we are subscribed is about the subscription. */
    @Override
    public void pushed(LineMessage.Reply reply) throws IOException {
        if (!subscribed && reply.error().isPresent()) {
            throw refusal(reply);
        }
    }

    /** Nothing in a share belongs to the session. */
    @Override
    public Optional<String> identity() {
        return Optional.of("etherstratum");
    }

    @Override
    public boolean probe() {
        if (talk.terms().memory().isShy()) {
            return false;
        }
        talk.ask("mining.ping", Talk.Answer.ignored());
        return true;
    }
}
