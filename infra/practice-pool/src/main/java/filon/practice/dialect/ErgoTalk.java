package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.FALSE;
import static filon.practice.dialect.Style.Absence.NULL;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One miner at a pool of Ergo: the difficulty is always 1, as it is multiplied into the target of every job, a decimal number that a hash
 * must be below.
 */
final class ErgoTalk implements Talk {
    private static final int EXTRANONCE_BYTES = 2;
    private static final int BLOCK_VERSION = 2;
    private static final int PARAMETERS = 5;
    private static final Style STYLE =
            new Style(false, NULL, FALSE, NULL, Style.Shape.OBJECT, Map.of(), Map.of(PoolError.STALE, "job not found"));

    private final NonceSide side;
    private final Desk desk;
    private final Voice voice;
    private final ClientWords words;
    private final NonceSession session;
    private boolean subscribed;
    private boolean takesExtranonces;

    private ErgoTalk(NonceSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.words = new ClientWords(voice);
        this.session = side.session(String.format("%08X", side.nextSession()), side.nextExtranonce(EXTRANONCE_BYTES));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%08x", number), ErgoTalk::new);
    }

    @Override
    public boolean isReady() {
        return subscribed && !session.workers().isEmpty();
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> subscribe(request);
            case "mining.extranonce.subscribe" -> {
                takesExtranonces = true;
                voice.reply(request.id(), true);
            }
            case "mining.authorize" -> authorise(request);
            case "mining.submit" -> submit(request);
            default -> voice.refuse(request.id(), PoolError.OTHER, "Unsupported request " + request.method());
        }
    }

    private void subscribe(Request request) {
        subscribed = true;
        List<Object> result = List.of(
                List.of(List.of("mining.set_difficulty", session.id()), List.of("mining.notify", session.id())),
                session.extranonce(),
                session.minerDigits() / 2);
        voice.reply(request.id(), result);
    }

    private void authorise(Request request) {
        boolean wasReady = isReady();
        if (!session.workers().admit(request.text(0))) {
            voice.deny(request.id(), "Authorization failed");
            return;
        }
        voice.reply(request.id(), true, () -> {
            if (!wasReady && isReady()) {
                sendJob(true);
            }
        });
    }

    private void submit(Request request) {
        Desk.Submission share = new Desk.Submission(session.id(), request.text(0), request.text(1));
        voice.answer(request.id(), desk.enter(share, judge(share, request)));
    }

    private Verdict judge(Desk.Submission share, Request request) {
        if (!session.workers().has(share.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "unauthorized worker");
        }
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "not subscribed");
        }
        if (request.parameters().size() != PARAMETERS) {
            return new Verdict.Refused(PoolError.OTHER, "submit needs 5 parameters");
        }
        Optional<Sent<NonceJob>> job = session.find(share.job());
        return job.map(sent -> judge(sent, request.text(2), request.text(4)))
                .orElseGet(() -> new Verdict.Refused(PoolError.STALE, "job not found"));
    }

    /** The nonce is said twice: its second part alone, and whole. */
    private Verdict judge(Sent<NonceJob> job, String extranonce2, String nonce) {
        if (!NonceSession.isHex(nonce, 16)) {
            return new Verdict.Refused(PoolError.OTHER, "incorrect size of nonce");
        }
        if (!nonce.equals(HexFormat.of().formatHex(job.extranonce()) + extranonce2)) {
            return new Verdict.Refused(PoolError.OUT_OF_RANGE, "nonce is not extranonce1 and extranonce2");
        }
        return session.judge(job, nonce, "");
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Extranonce next -> sendExtranonce(next);
            case Push.ClientWord word -> words.say(word);
            // the target comes with the next job
            case Push.Difficulty _, Push.VersionMask _ -> {}
        }
    }

    private void sendExtranonce(Push.Extranonce next) {
        if (takesExtranonces || next.uninvited()) {
            int bytes = next.minerBytes() == 0 ? EXTRANONCE_BYTES : Long.BYTES - next.minerBytes();
            session.changeExtranonce(side.nextExtranonce(bytes));
            voice.push("mining.set_extranonce", List.of(session.extranonce(), session.minerDigits() / 2));
        }
    }

    private void sendJob(boolean clean) {
        NonceJob job = side.job();
        BigInteger bound = side.target(desk);
        session.send(job, bound.subtract(BigInteger.ONE), clean);
        voice.push("mining.set_difficulty", List.of(1));
        voice.push(
                "mining.notify",
                List.of(
                        job.id(),
                        job.header().height(),
                        job.hash(),
                        "",
                        "",
                        BLOCK_VERSION,
                        TargetText.DECIMAL.in(side.terms()).of(bound),
                        "",
                        clean));
    }
}
