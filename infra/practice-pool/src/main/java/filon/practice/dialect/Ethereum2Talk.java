package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.OMITTED;

import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One miner at a pool of EthereumStratum/2.0.0 (EIP-1571): a greeting first, values that count for the next jobs in {@code mining.set},
 * tokens for workers, numbers without 0x and leading zeros, errors as objects. A share for an old block counts, with a remark.
 */
final class Ethereum2Talk implements Talk {
    private static final String VERSION = "EthereumStratum/2.0.0";
    private static final int EXTRANONCE_BYTES = 2;
    private static final int ERRORS_MAX = 0xff;
    private static final Duration TIMEOUT = Duration.ofSeconds(0xb4);
    private static final int LATE = 202;
    private static final int BAD_PROTOCOL = 400;
    private static final Style STYLE = new Style(
            false,
            OMITTED,
            OMITTED,
            OMITTED,
            Style.Shape.OBJECT,
            Map.of(
                    PoolError.OTHER, BAD_PROTOCOL,
                    PoolError.STALE, 404,
                    PoolError.DUPLICATE, 409,
                    PoolError.LOW_DIFFICULTY, 406,
                    PoolError.UNAUTHORISED, 300,
                    PoolError.NOT_SUBSCRIBED, 301,
                    PoolError.OUT_OF_RANGE, 406,
                    PoolError.WILFUL, 406),
            Map.of(
                    PoolError.STALE, "Job not found",
                    PoolError.DUPLICATE, "Duplicate share",
                    PoolError.LOW_DIFFICULTY, "Bad nonce"));

    private final NonceSide side;
    private final Desk desk;
    private final Voice voice;
    private NonceSession session;
    private boolean greeted;
    private boolean subscribed;
    private int errors;

    private Ethereum2Talk(NonceSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.session = side.session("s-" + side.nextSession(), side.nextExtranonce(EXTRANONCE_BYTES));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%08x", number), Ethereum2Talk::new);
    }

    @Override
    public boolean isReady() {
        return subscribed && !session.tokens().isEmpty();
    }

    /** The pool says how long in its greeting; {@code mining.noop} is for miners that have nothing else to say. */
    @Override
    public Optional<Duration> patience() {
        return Optional.of(greeted ? TIMEOUT : LineConversation.GREETS_WITHIN);
    }

    @Override
    public void heard(Request request) {
        if (!greeted && !request.method().equals("mining.hello")) {
            voice.refuse(request.id(), BAD_PROTOCOL, "Bad protocol request");
            voice.hangUp("no greeting");
            return;
        }
        switch (request.method()) {
            case "mining.hello" -> hello(request);
            case "mining.subscribe" -> subscribe(request);
            case "mining.authorize" -> authorise(request);
            case "mining.submit" -> submit(request);
            case "mining.noop", "mining.hashrate" -> acknowledge(request);
            case "mining.bye" -> {
                side.sessions().forget(session.id());
                voice.hangUp("the miner said goodbye");
            }
            default -> refuse(request, PoolError.OTHER, "Method not found");
        }
    }

    private void hello(Request request) {
        if (!request.parameters().path("proto").asText("").equals(VERSION)) {
            voice.refuse(request.id(), BAD_PROTOCOL, "Bad protocol request");
            voice.hangUp("another protocol");
            return;
        }
        greeted = true;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("proto", VERSION);
        result.put("encoding", "plain");
        result.put("resume", "1");
        result.put("timeout", Long.toHexString(TIMEOUT.toSeconds()));
        result.put("maxerrors", Integer.toHexString(ERRORS_MAX));
        result.put("node", "filon-practice");
        voice.reply(request.id(), result);
    }

    private void subscribe(Request request) {
        Optional<NonceSession> resumed =
                side.sessions().find(request.parameters().asText(""));
        session = resumed.orElse(session);
        subscribed = true;
        side.sessions().remember(session.id(), session);
        voice.reply(request.id(), session.id(), () -> {
            if (isReady()) {
                // what was set last holds on, but for what changed meanwhile
                sendJob(!session.isOn(side.job()));
            }
        });
    }

    private void authorise(Request request) {
        String worker = request.text(0);
        if (!subscribed) {
            refuse(request, PoolError.NOT_SUBSCRIBED, "Not subscribed");
            return;
        }
        if (!session.workers().admit(worker)) {
            refuse(request, PoolError.UNAUTHORISED, "Invalid credentials");
            return;
        }
        boolean first = session.tokens().isEmpty();
        voice.reply(request.id(), token(worker), () -> {
            if (first) {
                set(true);
                sendJob(true);
            }
        });
    }

    /** The same worker gets the same token. */
    private String token(String worker) {
        for (Map.Entry<String, String> known : session.tokens().entrySet()) {
            if (known.getValue().equals(worker)) {
                return known.getKey();
            }
        }
        String token = "w-" + (session.tokens().size() + 1);
        session.tokens().put(token, worker);
        return token;
    }

    private void submit(Request request) {
        String worker = session.tokens().getOrDefault(request.text(2), "");
        Desk.Submission share = new Desk.Submission(session.id(), worker, request.text(0));
        Receipt receipt = desk.enter(share, judge(share, request));
        switch (receipt.verdict()) {
            case Verdict.Accepted accepted -> voice.verdict(accepted(request, accepted), receipt);
            case Verdict.Refused _ -> {
                voice.answer(request.id(), receipt);
                count();
            }
        }
    }

    private Map<String, Object> accepted(Request request, Verdict.Accepted verdict) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", voice.written(request.id()));
        if (verdict.late()) {
            Map<String, Object> remark = new LinkedHashMap<>();
            remark.put("code", LATE);
            remark.put("message", "Stale");
            line.put("error", remark);
        }
        return line;
    }

    private Verdict judge(Desk.Submission share, Request request) {
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "Not subscribed");
        }
        if (share.worker().isEmpty()) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "Unknown worker");
        }
        Optional<Sent<NonceJob>> job = session.find(share.job());
        if (job.isPresent()) {
            return session.judgeRest(job.get(), request.text(1));
        }
        Optional<Sent<NonceJob>> late = session.findLate(share.job());
        return late.map(sent -> late(session.judgeRest(sent, request.text(1))))
                .orElseGet(() -> new Verdict.Refused(PoolError.STALE, "Job not found"));
    }

    private static Verdict late(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> new Verdict.Accepted(accepted.solution(), true);
            case Verdict.Refused refused -> refused;
        };
    }

    private void acknowledge(Request request) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", voice.written(request.id()));
        voice.reply(line);
    }

    private void refuse(Request request, PoolError error, String why) {
        voice.refuse(request.id(), error, why);
        count();
    }

    private void count() {
        errors++;
        if (errors > ERRORS_MAX) {
            voice.hangUp(errors + " errors");
        }
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty _ -> set(false);
            case Push.Extranonce next -> sendExtranonce(next);
            case Push.Reconnect move -> reconnect(move);
            case Push.ShowMessage _, Push.AskVersion _, Push.VersionMask _ -> {}
        }
    }

    /** Says what the miner does not know yet, or all of it. */
    private void set(boolean all) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("epoch", Long.toHexString(side.epochs().number()));
        values.put("target", target());
        values.put("algo", side.terms().algorithm().name());
        values.put("extranonce", session.extranonce());
        Map<String, String> known = session.told();
        if (!all) {
            values.entrySet().removeIf(value -> value.getValue().equals(known.get(value.getKey())));
        }
        known.putAll(values);
        if (!values.isEmpty()) {
            voice.push("mining.set", values);
        }
    }

    private String target() {
        TargetText text = TargetText.UNPADDED.in(side.terms());
        String target = text.of(side.target(desk));
        // numbers lack all zeros in front here, also half a byte of them
        return text == TargetText.UNPADDED && target.startsWith("0") ? target.substring(1) : target;
    }

    private void sendJob(boolean clean) {
        set(false);
        NonceJob job = side.job();
        session.send(job, side.target(desk), clean);
        String height = Long.toHexString(job.header().height());
        voice.push("mining.notify", List.of(job.id(), height, job.hash(), clean ? "1" : "0"));
    }

    private void sendExtranonce(Push.Extranonce next) {
        session.changeExtranonce(side.nextExtranonce(next, EXTRANONCE_BYTES));
        set(false);
    }

    private void reconnect(Push.Reconnect move) {
        Map<String, Object> place = new LinkedHashMap<>();
        if (!move.host().isEmpty()) {
            place.put("host", move.host());
            place.put("port", Integer.toHexString(move.port()));
        }
        place.put("resume", "1");
        voice.push("mining.reconnect", place);
    }
}
