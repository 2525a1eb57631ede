package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.FALSE;
import static filon.practice.dialect.Style.Absence.NULL;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One miner at a pool of EthereumStratum/1.0.0 (NiceHash): an extranonce of two bytes leads the nonce, hexadecimal numbers lack 0x. */
final class Ethereum1Talk implements Talk {
    private static final int EXTRANONCE_BYTES = 2;
    private static final String VERSION = "EthereumStratum/1.0.0";
    private static final Style STYLE = new Style(
            false,
            NULL,
            FALSE,
            NULL,
            Style.Shape.THREE_ELEMENTS,
            Map.of(PoolError.STALE, -1),
            Map.of(
                    PoolError.STALE, "Job not found",
                    PoolError.DUPLICATE, "Duplicate share",
                    PoolError.LOW_DIFFICULTY, "Low difficulty share"));

    private final NonceSide side;
    private final Desk desk;
    private final Voice voice;
    private final ClientWords words;
    private final NonceSession session;
    private boolean subscribed;
    private boolean takesExtranonces;

    private Ethereum1Talk(NonceSide side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.words = new ClientWords(voice);
        this.session = side.session(String.format("%032x", side.nextSession()), side.nextExtranonce(EXTRANONCE_BYTES));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%08x", number), Ethereum1Talk::new);
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
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private void subscribe(Request request) {
        if (!request.text(1).equals(VERSION)) {
            voice.refuse(request.id(), PoolError.OTHER, "only " + VERSION + " is spoken here");
            return;
        }
        subscribed = true;
        List<String> subscription = List.of("mining.notify", session.id(), VERSION);
        voice.reply(request.id(), List.of(subscription, session.extranonce()));
    }

    private void authorise(Request request) {
        boolean wasReady = isReady();
        if (!session.workers().admit(request.text(0))) {
            voice.deny(request.id(), "Unauthorized worker");
            return;
        }
        voice.reply(request.id(), true, () -> {
            if (!wasReady && isReady()) {
                sendDifficulty(desk.difficulty());
                sendJob(true);
            }
        });
    }

    private void submit(Request request) {
        Desk.Submission share = new Desk.Submission(session.id(), request.text(0), request.text(1));
        voice.answer(request.id(), desk.enter(share, judge(share, request)));
    }

    private Verdict judge(Desk.Submission share, Request request) {
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "Not subscribed");
        }
        if (!session.workers().has(share.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "Unauthorized worker");
        }
        Optional<Sent<NonceJob>> job = session.find(share.job());
        return job.map(sent -> session.judgeRest(sent, request.text(2)))
                .orElseGet(() -> new Verdict.Refused(PoolError.STALE, "Job not found"));
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty next -> sendDifficulty(next.difficulty());
            case Push.Extranonce next -> sendExtranonce(next);
            case Push.ClientWord word -> words.say(word);
            case Push.VersionMask _ -> {}
        }
    }

    private void sendDifficulty(double difficulty) {
        voice.push("mining.set_difficulty", List.of(difficulty));
    }

    private void sendJob(boolean clean) {
        NonceJob job = side.job();
        session.send(job, side.target(desk), clean);
        String seed = HexFormat.of().formatHex(side.epochs().seed());
        voice.push("mining.notify", List.of(job.id(), seed, job.hash(), clean));
    }

    private void sendExtranonce(Push.Extranonce next) {
        if (takesExtranonces || next.uninvited()) {
            int bytes = next.minerBytes() == 0 ? EXTRANONCE_BYTES : Long.BYTES - next.minerBytes();
            session.changeExtranonce(side.nextExtranonce(bytes));
            voice.push("mining.set_extranonce", List.of(session.extranonce()));
        }
    }
}
