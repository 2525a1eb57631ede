package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.NULL;
import static filon.practice.dialect.Style.Absence.OMITTED;

import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One miner at a pool that speaks Ethereum's getWork over a line: a push is an answer with id 0, a target lacks its leading zeros, a share
 * that is stale or too weak is just {@code false}, and whatever is an error ends the connection. All miners have the same nonces.
 */
final class EthproxyTalk implements Talk {
    private static final Pattern NONCE = Pattern.compile("0x[0-9a-f]{16}");
    private static final Pattern HASH = Pattern.compile("0x[0-9a-f]{64}");
    private static final Pattern WORKER = Pattern.compile("[0-9a-zA-Z-_]{1,8}");
    private static final int INVALID = -1;
    private static final int UNKNOWN_METHOD = -3;
    private static final int PARAMETERS = 3;
    private static final Style STYLE = new Style(
            true,
            OMITTED,
            NULL,
            NULL,
            Style.Shape.OBJECT,
            Map.of(PoolError.OTHER, INVALID),
            Map.of(PoolError.DUPLICATE, "Duplicate share"));

    private final NonceSide side;
    private final Desk desk;
    private final Voice voice;
    private final NonceSession session;
    private String login = "";

    private EthproxyTalk(NonceSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.session = side.session("");
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(
                terms, STYLE, (_, header) -> "0x" + HexFormat.of().formatHex(header.prefix()), EthproxyTalk::new);
    }

    @Override
    public boolean isReady() {
        return !login.isEmpty();
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "eth_submitLogin" -> login(request);
            case "eth_getWork" -> voice.reply(request.id(), work(false));
            case "eth_submitWork" -> submit(request);
            case "eth_submitHashrate" -> voice.reply(request.id(), true);
            default -> fail(request, UNKNOWN_METHOD, "Method not found");
        }
    }

    /** An error is the last word of this dialect. */
    private void fail(Request request, int code, String why) {
        voice.refuse(request.id(), code, why);
        voice.hangUp(why);
    }

    private void login(Request request) {
        if (!session.workers().admit(request.text(0))) {
            fail(request, INVALID, "Invalid login");
            return;
        }
        login = request.text(0);
        voice.reply(request.id(), true);
    }

    private void submit(Request request) {
        String worker = login + (request.worker().isTextual() ? "." + workerName(request) : "");
        Desk.Submission share = new Desk.Submission("", worker, request.text(1));
        Receipt receipt = desk.enter(share, judge(request));
        answer(request, receipt);
    }

    private static String workerName(Request request) {
        String name = request.worker().asText();
        return WORKER.matcher(name).matches() ? name : "0";
    }

    private Verdict judge(Request request) {
        if (login.isEmpty()) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "Not subscribed");
        }
        if (request.parameters().size() != PARAMETERS) {
            return new Verdict.Refused(PoolError.OTHER, "Invalid params");
        }
        if (!NONCE.matcher(request.text(0)).matches()
                || !HASH.matcher(request.text(1)).matches()
                || !HASH.matcher(request.text(2)).matches()) {
            return new Verdict.Refused(PoolError.OTHER, "Malformed PoW result");
        }
        Optional<Sent<NonceJob>> job = session.find(request.text(1));
        return job.map(sent -> session.judge(
                        sent, request.text(0).substring(2), request.text(2).substring(2)))
                .orElseGet(() -> new Verdict.Refused(PoolError.STALE, "stale"));
    }

    private void answer(Request request, Receipt receipt) {
        switch (receipt.verdict()) {
            case Verdict.Accepted _ -> voice.answer(request.id(), receipt);
            case Verdict.Refused refused -> refuse(request, receipt, refused);
        }
    }

    /** What can happen to an honest miner is just false. */
    private void refuse(Request request, Receipt receipt, Verdict.Refused refused) {
        switch (refused.error()) {
            case STALE, LOW_DIFFICULTY, WRONG_MIX, WILFUL, OUT_OF_RANGE, WRONG_CHAIN ->
                voice.verdict(voice.success(request.id(), false), receipt);
            case OTHER, DUPLICATE, UNAUTHORISED, NOT_SUBSCRIBED -> {
                voice.answer(request.id(), receipt);
                voice.hangUp(refused.why());
            }
        }
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("id", 0);
                line.put("jsonrpc", "2.0");
                line.put("result", work(job.clean()));
                voice.push(line);
            }
            // the target comes with the next work; the rest has no words here
            case Push.Difficulty _, Push.Extranonce _, Push.VersionMask _, Push.ClientWord _ -> {}
        }
    }

    private List<String> work(boolean clean) {
        NonceJob job = side.job();
        session.send(job, side.target(desk), clean);
        List<String> work = new ArrayList<>(List.of(
                job.id(),
                "0x" + HexFormat.of().formatHex(side.epochs().seed()),
                (side.terms().has(Quirk.DECIMAL_TARGETS) ? "" : "0x")
                        + TargetText.UNPADDED.in(side.terms()).of(side.target(desk))));
        if (side.terms().has(Quirk.WORK_WITH_HEIGHT)) {
            work.add("0x" + Long.toHexString(job.header().height()));
        }
        return work;
    }
}
