package filon.mining.pool.ethproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.ethereum.EthereumJobs;
import filon.mining.pool.ethereum.Field;
import filon.mining.pool.line.LineMessage;
import filon.mining.pool.line.NonceRoom;
import filon.mining.pool.line.PoolError;
import filon.mining.pool.line.SmallTalk;
import filon.mining.pool.line.Speech;
import filon.mining.pool.line.Talk;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What ETHPROXY says and means. All of the nonce is ours. Work comes as an answer to nothing that was asked, or, from pools that never
 * push, when it is asked for; it is worthless once there is work for another block.
 */
final class EthproxySpeech implements Speech {
    /** Some pools do not answer a login, but give work. */
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration HASH_RATE_EVERY = Duration.ofMinutes(1);

    private final Talk talk;
    private final EthereumJobs jobs;
    private final Login login;
    private final String clientId;
    private boolean isPushing;
    private boolean saidNoWork;
    private long askedNanos;
    private long rateToldNanos;
    private Optional<Work> last = Optional.empty();

    /** @param block as the pool wrote it; empty where it does not say */
    private record Work(String hash, Target target, String block) {
        /** Whether what came before this is of no use any more. */
        boolean isAnotherBlockThan(Work before) {
            return !hash.equals(before.hash) && (block.isEmpty() || !block.equals(before.block));
        }
    }

    EthproxySpeech(Talk talk) {
        this.talk = talk;
        this.jobs = new EthereumJobs(talk);
        this.login = Login.of(talk.pool().user());
        this.clientId = clientId(talk.terms().terms().random());
        jobs.begin("");
    }

    private static String clientId(RandomGenerator random) {
        byte[] id = new byte[32];
        random.nextBytes(id);
        return "0x" + HexFormat.of().formatHex(id);
    }

    @Override
    public void open() {
        askedNanos = talk.now();
        ask(
                "eth_submitLogin",
                this::loggedIn,
                List.of(login.account(), talk.pool().password()));
    }

    /** Whatever the request was, an array is work: pools push it with ids that may be ours. */
    private void ask(String method, Talk.Answer answer, List<String> params) {
        talk.ask(line(method, params), reply -> {
            if (reply.result().isArray()) {
                worked(reply.result(), 0);
            } else {
                answer.on(reply);
            }
        });
    }

    /** With the fields in the order in which pools were seen to read them. */
    private ObjectNode line(String method, List<String> params) {
        ObjectNode line = LineMessage.JSON.createObjectNode();
        line.put("jsonrpc", "2.0").put("method", method).put("worker", login.worker());
        line.set("params", LineMessage.JSON.valueToTree(params));
        return line;
    }

    private void loggedIn(LineMessage.Reply reply) throws IOException {
        if (!reply.isTrue()) {
            throw PoolRefusedException.ofUser(login.account(), reply.reason());
        }
        known();
        askForWork();
    }

    private void known() {
        if (!talk.isAuthorised()) {
            talk.authorised();
            rateToldNanos = talk.now();
        }
    }

    private void askForWork() {
        askedNanos = talk.now();
        ObjectNode line = LineMessage.JSON.createObjectNode();
        line.put("jsonrpc", "2.0").put("method", "eth_getWork").putArray("params");
        talk.ask(line, this::gotWork);
    }

    private void gotWork(LineMessage.Reply reply) {
        if (reply.result().isArray()) {
            worked(reply.result(), 0);
        } else if (!saidNoWork) {
            saidNoWork = true;
            talk.say("has no work yet: " + reply.reason());
        }
    }

    @Override
    public void heard(LineMessage.Call call) throws IOException {
        if (call.method().equals("mining.notify")) {
            isPushing = true;
            worked(call.params(), 1); // as Nanopool pushes, a job's name before the rest
        } else {
            new SmallTalk(talk).heard(call);
        }
    }

    @Override
    public void pushed(LineMessage.Reply reply) throws IOException {
        if (reply.result().isArray()) {
            isPushing = true;
            worked(reply.result(), 0);
        } else if (!talk.isAuthorised() && (reply.isTrue() || reply.isRefusal())) {
            loggedIn(reply); // under an id that was never asked, as ethermine answers
        }
    }

    /** Header, seed, target, perhaps the block; before there is any, some pools send nothing of it. */
    private void worked(JsonNode fields, int first) {
        if (fields.isEmpty()) {
            return;
        }
        byte[] hash = Field.hash(fields.path(first), "header hash");
        Work work = new Work(
                HexFormat.of().formatHex(hash),
                Field.target(fields.path(first + 2)),
                fields.path(first + 3).isTextual() ? fields.path(first + 3).textValue() : "");
        if (last.isPresent()
                && last.get().hash().equals(work.hash())
                && last.get().target().equals(work.target())) {
            known();
            return;
        }
        boolean isClean = last.isEmpty() || work.isAnotherBlockThan(last.get());
        EthereumJobs.Notice notice = new EthereumJobs.Notice(
                first == 0 ? work.hash() : Field.jobId(fields.path(0)),
                jobs.header(fields.path(first), fields.path(first + 1)),
                work.target(),
                isClean,
                (_, nonce, digest) -> List.of(
                        "0x" + NonceRoom.whole(nonce),
                        "0x" + work.hash(),
                        "0x" + HexFormat.of().formatHex(digest.mix())));
        last = Optional.of(work);
        known();
        jobs.offer(notice);
    }

    @Override
    public ObjectNode submission(Share share) {
        return line("eth_submitWork", share.submission());
    }

    /** A plain {@code false} is what wrong and late shares get alike. */
    @Override
    public Optional<ShareVerdict> verdict(Share share, LineMessage.Reply reply) {
        if (reply.error().isPresent() || !reply.isRefusal()) {
            return Optional.empty();
        }
        ShareVerdict.Delay delay = talk.delayOf(share);
        return Optional.of(
                delay == ShareVerdict.Delay.WAY
                        ? new ShareVerdict.Stale(delay, PoolError.OTHER, delay.text())
                        : new ShareVerdict.Rejected(
                                PoolError.OTHER,
                                "wrong, or late for a block the pool did not tell of; it says no more"));
    }

    @Override
    public void tick() {
        long waited = talk.now() - askedNanos;
        boolean isSilent = !talk.isAuthorised() && waited >= LOGIN_PATIENCE.toNanos();
        boolean isWorkDue = talk.isAuthorised() && !isPushing && waited >= POLL.toNanos();
        if (isSilent || isWorkDue) {
            askForWork();
        }
        tellRate();
    }

    private void tellRate() {
        double rate = talk.terms().rate().getAsDouble();
        if (talk.isAuthorised() && rate > 0 && talk.now() - rateToldNanos >= HASH_RATE_EVERY.toNanos()) {
            rateToldNanos = talk.now();
            String digits = Target.ofHex(Long.toHexString((long) rate)).toString();
            ask("eth_submitHashrate", Talk.Answer.ignored(), List.of("0x" + digits, clientId));
        }
    }

    /** A share names its header and counts in any session. */
    @Override
    public Optional<String> identity() {
        return Optional.of("ETHPROXY");
    }

    @Override
    public boolean probe() {
        askForWork();
        return true;
    }
}
