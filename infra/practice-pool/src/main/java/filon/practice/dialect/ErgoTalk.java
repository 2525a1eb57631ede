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

/**
 * One miner at a pool of Ergo: the difficulty is always 1, as it is multiplied into the target of every job, a decimal number that a hash
 * must be below.
 */
final class ErgoTalk extends NonceTalk {
    private static final int EXTRANONCE_BYTES = 2;
    private static final int BLOCK_VERSION = 2;
    private static final int PARAMETERS = 5;
    private static final Style STYLE =
            new Style(false, NULL, FALSE, NULL, Style.Shape.OBJECT, Map.of(), Map.of(PoolError.STALE, "job not found"));

    private ErgoTalk(NonceSide side, Desk desk, Voice voice) {
        super(
                side,
                desk,
                voice,
                side.session(String.format("%08X", side.nextSession()), side.nextExtranonce(EXTRANONCE_BYTES)));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%08x", number), ErgoTalk::new);
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> subscribe(request);
            case "mining.extranonce.subscribe" -> takeExtranonces(request);
            case "mining.authorize" -> authorise(request, "Authorization failed", () -> sendJob(true));
            case "mining.submit" -> submit(request);
            default -> voice.refuse(request.id(), PoolError.OTHER, "Unsupported request " + request.method());
        }
    }

    private void subscribe(Request request) {
        subscribe();
        List<Object> result = List.of(
                List.of(List.of("mining.set_difficulty", session.id()), List.of("mining.notify", session.id())),
                session.extranonce(),
                session.minerDigits() / 2);
        voice.reply(request.id(), result);
    }

    private void submit(Request request) {
        if (request.parameters().size() == PARAMETERS) {
            submit(request, Refusals.WORKER_FIRST, job -> judge(job, request.text(2), request.text(4)));
        } else {
            Verdict malformed = new Verdict.Refused(PoolError.OTHER, "submit needs 5 parameters");
            enter(request, Refusals.WORKER_FIRST, () -> malformed);
        }
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
            case Push.ClientWord word -> say(word);
            // the target comes with the next job
            case Push.Difficulty _, Push.VersionMask _ -> {}
        }
    }

    private void sendExtranonce(Push.Extranonce next) {
        if (isToldOf(next)) {
            session.changeExtranonce(side.nextExtranonce(next, EXTRANONCE_BYTES));
            voice.push("mining.set_extranonce", List.of(session.extranonce(), session.minerDigits() / 2));
        }
    }

    private void sendJob(boolean clean) {
        NonceJob job = side.job();
        BigInteger bound = target();
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
