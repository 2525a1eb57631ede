package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.NULL;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One miner at a pool of Ravencoin: the first target and job come before the reply to {@code mining.authorize}, every job repeats the
 * target and tells the height, shares have 0x (the pool drops their first two characters, whatever they are), errors have two elements.
 */
final class KawpowTalk extends NonceTalk {
    private static final int EXTRANONCE_BYTES = 3;
    /** Of the extranonce's digits only these are looked at. */
    private static final int ENFORCED_DIGITS = 4;

    private static final int FIRST_JOB = 0xcccc;
    private static final int TOO_OLD_SECONDS = 600;
    private static final String BITS = "1b00ffff";
    private static final Style STYLE = new Style(
            false,
            NULL,
            NULL,
            NULL,
            Style.Shape.TWO_ELEMENTS,
            Map.of(PoolError.STALE, 20, PoolError.LOW_DIFFICULTY, 20, PoolError.OUT_OF_RANGE, 24),
            Map.of(
                    PoolError.LOW_DIFFICULTY, "kawpow validation failed",
                    PoolError.WRONG_MIX, "kawpow validation failed",
                    PoolError.OUT_OF_RANGE, "nonce out of worker range"));

    private KawpowTalk(NonceSide side, Desk desk, Voice voice) {
        super(side, desk, voice, side.session("", side.nextExtranonce(EXTRANONCE_BYTES)));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%064x", FIRST_JOB + number), KawpowTalk::new);
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> {
                subscribe();
                voice.reply(request.id(), Arrays.asList(null, session.extranonce()));
            }
            case "mining.extranonce.subscribe" -> refuseExtranonces(request);
            case "mining.authorize" -> authorise(request);
            case "mining.submit" -> submit(request, Refusals.WORKER_FIRST, job -> judge(job, request));
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private void refuseExtranonces(Request request) {
        Verdict.Refused refused = new Verdict.Refused(PoolError.OTHER, "Not supported.");
        Map<String, Object> line = voice.refusal(request.id(), Style.Shape.THREE_ELEMENTS, refused);
        line.put("result", false);
        voice.reply(line);
    }

    private void authorise(Request request) {
        boolean wasReady = isReady();
        if (admits(request, "unauthorized worker")) {
            if (!wasReady && isReady()) {
                sendTarget();
                sendJob(true);
            }
            voice.reply(request.id(), true);
        }
    }

    private Verdict judge(Sent<NonceJob> job, Request request) {
        if (job.job().time() < side.terms().clock().instant().getEpochSecond() - TOO_OLD_SECONDS) {
            return new Verdict.Refused(PoolError.STALE, "job is too old");
        }
        return judge(job, rest(request.text(2)), rest(request.text(3)), rest(request.text(4)));
    }

    /** What follows the first two characters. */
    private static String rest(String text) {
        return text.substring(Math.min(2, text.length()));
    }

    private Verdict judge(Sent<NonceJob> job, String nonce, String header, String mix) {
        if (!header.equals(job.job().hash())) {
            return new Verdict.Refused(PoolError.OTHER, "invalid header hash");
        }
        if (!NonceSession.isHex(nonce, 16)) {
            return new Verdict.Refused(PoolError.OTHER, "incorrect size of nonce, must be 8 bytes");
        }
        if (!NonceSession.isHex(mix, 64)) {
            return new Verdict.Refused(PoolError.OTHER, "incorrect size of mixhash, must be 32 bytes");
        }
        String prefix = HexFormat.of().formatHex(job.extranonce());
        if (!nonce.startsWith(prefix.substring(0, ENFORCED_DIGITS))) {
            return new Verdict.Refused(PoolError.OUT_OF_RANGE, "nonce out of worker range");
        }
        return session.judge(job, nonce, mix);
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty _ -> sendTarget();
            case Push.ClientWord word -> say(word);
            // these pools never change a nonce's first bytes
            case Push.Extranonce _, Push.VersionMask _ -> {}
        }
    }

    private void sendTarget() {
        voice.push("mining.set_target", List.of(targetText()));
    }

    private String targetText() {
        return TargetText.PADDED.in(side.terms()).of(target());
    }

    private void sendJob(boolean clean) {
        NonceJob job = sent(clean);
        String seed = HexFormat.of().formatHex(side.epochs().seed());
        long height = job.header().height();
        voice.push("mining.notify", List.of(job.id(), job.hash(), seed, targetText(), clean, height, BITS));
    }
}
