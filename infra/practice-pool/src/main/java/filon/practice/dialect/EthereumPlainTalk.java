package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.util.HexFormat;
import java.util.List;

/**
 * One miner at a pool that speaks Stratum V1 with Ethereum's work: header hash before seed hash, the target in every job, the whole nonce
 * with header and mix in a share, everything with 0x. All miners have the same nonces.
 */
final class EthereumPlainTalk extends NonceTalk {

    private EthereumPlainTalk(NonceSide side, Desk desk, Voice voice) {
        super(side, desk, voice, side.session(""));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(
                terms, Style.STRATUM, (number, _) -> String.format("%08x", number), EthereumPlainTalk::new);
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> {
                subscribe();
                voice.reply(request.id(), true);
            }
            case "mining.authorize" -> authorise(request, "unauthorized worker", () -> sendJob(true));
            case "mining.submit" -> submit(request, Refusals.PLAIN, job -> judge(job, request));
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private Verdict judge(Sent<NonceJob> job, Request request) {
        String header = digits(request.text(3));
        String mix = digits(request.text(4));
        if (!header.equals(job.job().hash()) || !NonceSession.isHex(mix, 64)) {
            return new Verdict.Refused(PoolError.OTHER, "header or mix hash is not that of the job");
        }
        return session.judge(job, digits(request.text(2)), mix);
    }

    private static String digits(String hex) {
        return hex.startsWith("0x") ? hex.substring(2) : hex;
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.ClientWord word -> say(word);
            // the target comes with the next job; the rest has no words here
            case Push.Difficulty _, Push.Extranonce _, Push.VersionMask _ -> {}
        }
    }

    private void sendJob(boolean clean) {
        NonceJob job = sent(clean);
        String target = TargetText.PADDED.in(side.terms()).of(target());
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
