package filon.practice.dialect;

import filon.mining.algorithm.Target;
import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ChannelMessage.OpenStandardMiningChannelSuccess;
import filon.mining.pool.stratum2.message.JobMessage.NewMiningJob;
import filon.mining.pool.stratum2.message.JobMessage.SetNewPrevHash;
import filon.mining.pool.stratum2.message.JobMessage.SetTarget;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesError;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesStandard;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesSuccess;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Solution;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One miner's standard channel. It always has the next block's first job in advance; a target and an extranonce count for what follows,
 * a target also for the job that waits.
 */
final class Stratum2Channel {
    static final String UNKNOWN_CHANNEL = "invalid-channel-id";
    private static final String UNKNOWN_JOB = "invalid-job-id";
    private static final String LATE = "stale-share";
    /** The bits that BIP 320 leaves to miners. */
    private static final long VERSION_MASK = 0x1fffe000L;

    private static final int TIME_AHEAD_SECONDS = 7_200;
    private static final int BATCH = 4;
    /** No miner has it. */
    private static final long STRANGE_CHANNEL = 8_888_888;

    private static final int MERKLE_ROOT_START = 36;
    private static final int MERKLE_ROOT_END = 68;
    private static final byte[] NOTHING = {};

    private final Stratum2 side;
    private final Desk desk;
    private final Stratum2Voice voice;
    private final String worker;
    private final long id;
    private final SentJobs<BlockTemplate> sent = new SentJobs<>();
    /** The extranonces of the jobs that wait for their block. */
    private final Map<String, byte[]> waiting = new HashMap<>();

    private final List<Receipt> unacknowledged = new ArrayList<>();
    private BigInteger easiest;
    private byte[] extranonce;
    private long lastAccepted;

    Stratum2Channel(Stratum2 side, Desk desk, Stratum2Voice voice, ChannelMessage.OpenStandardMiningChannel open) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.worker = open.userIdentity();
        this.id = 2 * side.nextChannel();
        this.easiest = open.maxTarget().number();
        this.extranonce = side.nextExtranonce();
    }

    long id() {
        return id;
    }

    /** New blocks are told to the group. */
    private long group() {
        return id + 1;
    }

    OpenStandardMiningChannelSuccess opening(long request) {
        return new OpenStandardMiningChannelSuccess(
                request, id, Target.of(target()), new ByteString(extranonce), group());
    }

    /** What the pool wants now, or what the miner wants at least. */
    private BigInteger target() {
        return side.terms().targetOf(desk.difficulty()).min(easiest);
    }

    void begin() {
        sendBlock();
    }

    void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty _ -> voice.push(target(id));
            case Push.Extranonce _ -> {
                extranonce = side.nextExtranonce();
                voice.push(new ChannelMessage.SetExtranoncePrefix(id, new ByteString(extranonce)));
            }
            case Push.ClientWord _, Push.VersionMask _ -> {}
        }
    }

    private SetTarget target(long channel) {
        return new SetTarget(channel, Target.of(target()));
    }

    void update(ChannelMessage.UpdateChannel update) {
        easiest = update.maximumTarget().number();
        voice.reply(target(id), target(STRANGE_CHANNEL));
    }

    private void sendJob(boolean clean) {
        acknowledge();
        if (clean) {
            sendBlock();
            return;
        }
        BlockTemplate job = side.job();
        sent.send(job.id(), job, target(), extranonce, false);
        voice.push(job(job, OptionalLong.of(job.time())));
    }

    /** The job has mostly been there for long, and only what it builds on is new. */
    private void sendBlock() {
        BlockTemplate job = side.job();
        if (!waiting.containsKey(job.id())) {
            sendAhead(job);
        }
        sent.send(job.id(), job, target(), waiting.get(job.id()), true);
        waiting.clear();
        voice.push(new SetNewPrevHash(
                group(), number(job), new ByteString(job.previousHash()), job.time(), unsigned(job.bits())));
        sendAhead(side.upcoming());
    }

    private void sendAhead(BlockTemplate job) {
        waiting.put(job.id(), extranonce);
        voice.push(job(job, OptionalLong.empty()));
    }

    private NewMiningJob job(BlockTemplate job, OptionalLong minTime) {
        byte[] header = ShareCheck.header(job, extranonce, new ShareCheck.Choice(0, NOTHING, 0, 0));
        ByteString merkleRoot = new ByteString(Arrays.copyOfRange(header, MERKLE_ROOT_START, MERKLE_ROOT_END));
        return new NewMiningJob(id, number(job), minTime, unsigned(job.version()), merkleRoot);
    }

    private static long number(BlockTemplate job) {
        return Long.parseLong(job.id(), 16);
    }

    private static long unsigned(int number) {
        return Integer.toUnsignedLong(number);
    }

    void submit(SubmitSharesStandard share) {
        String job = Long.toHexString(share.jobId());
        Receipt receipt = desk.enter(new Desk.Submission("", worker, job), judge(share, job));
        switch (receipt.verdict()) {
            case Verdict.Accepted _ -> accept(share.sequenceNumber(), receipt);
            case Verdict.Refused refused -> refuse(share, refused, receipt);
        }
    }

    private Verdict judge(SubmitSharesStandard share, String id) {
        if (share.channelId() != this.id) {
            return new Verdict.Refused(PoolError.OTHER, UNKNOWN_CHANNEL);
        }
        Optional<Sent<BlockTemplate>> job = sent.find(id);
        if (job.isEmpty()) {
            return new Verdict.Refused(PoolError.STALE, sent.findLate(id).isPresent() ? LATE : UNKNOWN_JOB);
        }
        return refusalOfForm(share, job.get().job())
                .<Verdict>map(why -> new Verdict.Refused(PoolError.OTHER, why))
                .orElseGet(() -> judge(share, job.get()));
    }

    /** The specification has no codes for these. */
    private Optional<String> refusalOfForm(SubmitSharesStandard share, BlockTemplate job) {
        long mask = side.terms().has(Quirk.FIXED_VERSIONS) ? 0 : VERSION_MASK;
        if (((share.version() ^ unsigned(job.version())) & ~mask) != 0) {
            return Optional.of("invalid-version");
        }
        boolean isTimely = share.time() >= job.time() && share.time() <= job.time() + TIME_AHEAD_SECONDS;
        return isTimely ? Optional.empty() : Optional.of("invalid-ntime");
    }

    private Verdict judge(SubmitSharesStandard share, Sent<BlockTemplate> job) {
        ShareCheck.Choice choice =
                new ShareCheck.Choice((int) share.version(), NOTHING, (int) share.time(), (int) share.nonce());
        byte[] header = ShareCheck.header(job.job(), job.extranonce(), choice);
        byte[] hash = ShareCheck.hash(header);
        return sent.judge(job, ShareCheck.number(hash), target -> new Solution(header, hash, target));
    }

    private void accept(long sequenceNumber, Receipt receipt) {
        lastAccepted = sequenceNumber;
        unacknowledged.add(receipt);
        if (!side.terms().has(Quirk.BATCHED_ANSWERS) || unacknowledged.size() >= BATCH) {
            acknowledge();
        }
    }

    private void acknowledge() {
        if (!unacknowledged.isEmpty()) {
            voice.verdict(success(id), success(STRANGE_CHANNEL), unacknowledged);
            unacknowledged.clear();
        }
    }

    private SubmitSharesSuccess success(long channel) {
        double sum = unacknowledged.stream()
                .mapToDouble(each ->
                        ShareCheck.difficultyOf(each.verdict().solution().target()))
                .sum();
        return new SubmitSharesSuccess(channel, lastAccepted, unacknowledged.size(), Math.round(sum));
    }

    /** What was accepted before is said before. */
    private void refuse(SubmitSharesStandard share, Verdict.Refused refused, Receipt receipt) {
        acknowledge();
        long number = share.sequenceNumber();
        voice.verdict(
                new SubmitSharesError(share.channelId(), number, code(refused)),
                new SubmitSharesError(STRANGE_CHANNEL, number, code(refused)),
                List.of(receipt));
    }

    private static String code(Verdict.Refused refused) {
        return switch (refused.error()) {
            case DUPLICATE -> "duplicate-share";
            case LOW_DIFFICULTY -> "difficulty-too-low";
            case OTHER, STALE, UNAUTHORISED, NOT_SUBSCRIBED, OUT_OF_RANGE, WRONG_MIX, WRONG_CHAIN, WILFUL ->
                refused.why().replace(' ', '-');
        };
    }
}
