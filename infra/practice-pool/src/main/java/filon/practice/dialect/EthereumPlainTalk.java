package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One miner at a pool that speaks Stratum V1 with Ethereum's work: header hash before seed hash, the target in every job, the whole nonce
 * with header and mix in a share, everything with 0x. All miners have the same nonces.
 */
final class EthereumPlainTalk implements Talk {
    private final NonceSide side;
    private final Desk desk;
    private final Voice voice;
    private final ClientWords words;
    private final NonceSession session;
    private boolean subscribed;

    private EthereumPlainTalk(NonceSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.words = new ClientWords(voice);
        this.session = side.session("");
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(
                terms, Style.STRATUM, (number, _) -> String.format("%08x", number), EthereumPlainTalk::new);
    }

    @Override
    public boolean isReady() {
        return subscribed && !session.workers().isEmpty();
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> {
                subscribed = true;
                voice.reply(request.id(), true);
            }
            case "mining.authorize" -> authorise(request);
            case "mining.submit" -> submit(request);
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private void authorise(Request request) {
        boolean wasReady = isReady();
        if (!session.workers().admit(request.text(0))) {
            voice.deny(request.id(), "unauthorized worker");
            return;
        }
        voice.reply(request.id(), true, () -> {
            if (!wasReady && isReady()) {
                sendJob(true);
            }
        });
    }

    private void submit(Request request) {
        Desk.Submission share = new Desk.Submission("", request.text(0), request.text(1));
        voice.answer(request.id(), desk.enter(share, judge(share, request)));
    }

    private Verdict judge(Desk.Submission share, Request request) {
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "not subscribed");
        }
        if (!session.workers().has(share.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "unauthorized worker");
        }
        Optional<Sent<NonceJob>> job = session.find(share.job());
        if (job.isEmpty()) {
            return new Verdict.Refused(PoolError.STALE, "job not found");
        }
        String header = digits(request.text(3));
        String mix = digits(request.text(4));
        if (!header.equals(job.get().job().hash()) || !NonceSession.isHex(mix, 64)) {
            return new Verdict.Refused(PoolError.OTHER, "header or mix hash is not that of the job");
        }
        return session.judge(job.get(), digits(request.text(2)), mix);
    }

    private static String digits(String hex) {
        return hex.startsWith("0x") ? hex.substring(2) : hex;
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.ClientWord word -> words.say(word);
            // the target comes with the next job; the rest has no words here
            case Push.Difficulty _, Push.Extranonce _, Push.VersionMask _ -> {}
        }
    }

    private void sendJob(boolean clean) {
        NonceJob job = side.job();
        session.send(job, side.target(desk), clean);
        String target = TargetText.PADDED.in(side.terms()).of(side.target(desk));
        voice.push(
                "mining.notify",
                List.of(
                        job.id(),
                        "0x" + job.hash(),
                        "0x" + HexFormat.of().formatHex(side.epochs().seed()),
                        side.terms().has(Quirk.DECIMAL_TARGETS) ? target : "0x" + target,
                        clean));
    }
}
