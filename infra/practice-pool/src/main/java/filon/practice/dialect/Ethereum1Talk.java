package filon.practice.dialect;

import static filon.practice.dialect.Style.Absence.FALSE;
import static filon.practice.dialect.Style.Absence.NULL;

import filon.practice.book.PoolError;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One miner at a pool of EthereumStratum/1.0.0 (NiceHash): an extranonce of two bytes leads the nonce, hexadecimal numbers lack 0x. */
final class Ethereum1Talk extends NonceTalk {
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

    private Ethereum1Talk(NonceSide side, Desk desk, Voice voice) {
        super(
                side,
                desk,
                voice,
                side.session(String.format("%032x", side.nextSession()), side.nextExtranonce(EXTRANONCE_BYTES)));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.format("%08x", number), Ethereum1Talk::new);
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> subscribe(request);
            case "mining.extranonce.subscribe" -> takeExtranonces(request);
            case "mining.authorize" -> authorise(request, "Unauthorized worker", this::welcome);
            case "mining.submit" -> submit(request, Refusals.CAPITAL, job -> session.judgeRest(job, request.text(2)));
            default -> voice.refuse(request.id(), PoolError.OTHER, "Method not found");
        }
    }

    private void subscribe(Request request) {
        if (!request.text(1).equals(VERSION)) {
            voice.refuse(request.id(), PoolError.OTHER, "only " + VERSION + " is spoken here");
            return;
        }
        subscribe();
        List<String> subscription = List.of("mining.notify", session.id(), VERSION);
        voice.reply(request.id(), List.of(subscription, session.extranonce()));
    }

    private void welcome() {
        sendDifficulty(difficulty());
        sendJob(true);
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty next -> sendDifficulty(next.difficulty());
            case Push.Extranonce next -> sendExtranonce(next);
            case Push.ClientWord word -> say(word);
            case Push.VersionMask _ -> {}
        }
    }

    private void sendDifficulty(double difficulty) {
        voice.push("mining.set_difficulty", List.of(difficulty));
    }

    private void sendJob(boolean clean) {
        NonceJob job = sent(clean);
        String seed = HexFormat.of().formatHex(side.epochs().seed());
        voice.push("mining.notify", List.of(job.id(), seed, job.hash(), clean));
    }

    private void sendExtranonce(Push.Extranonce next) {
        if (isToldOf(next)) {
            session.changeExtranonce(side.nextExtranonce(next, EXTRANONCE_BYTES));
            voice.push("mining.set_extranonce", List.of(session.extranonce()));
        }
    }
}
