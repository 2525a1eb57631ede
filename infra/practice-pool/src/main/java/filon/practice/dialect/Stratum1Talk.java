package filon.practice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One miner at a pool of Stratum V1. A difficulty and an extranonce count from the next job on, a version mask at once. */
final class Stratum1Talk implements Talk {
    /** The bits that BIP 320 leaves to miners. */
    private static final int VERSION_MASK = 0x1fffe000;

    private static final int PARAMETERS = 5;
    private final Stratum1 side;
    private final Desk desk;
    private final Voice voice;
    private final ClientWords words;
    private Stratum1Session session;
    private boolean takesExtranonces;
    private double difficultyMin;

    Stratum1Talk(Stratum1 side, Desk desk, Voice voice) {
        this.side = side;
        this.desk = desk;
        this.voice = voice;
        this.words = new ClientWords(voice);
        this.session = side.newSession();
    }

    @Override
    public boolean isReady() {
        return session.isSubscribed();
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        JsonNode id = request.requireList().id();
        switch (request.method()) {
            case "mining.subscribe" -> subscribe(request);
            case "mining.authorize" -> authorise(request);
            case "mining.submit" -> submit(request);
            case "mining.configure" -> configure(request);
            case "mining.extranonce.subscribe" -> {
                takesExtranonces = true;
                voice.reply(id, true);
            }
            case "mining.suggest_difficulty" -> voice.reply(id, true);
            case "mining.ping" -> voice.reply(id, "pong");
            case "mining.get_transactions" -> voice.reply(id, List.of());
            default -> voice.refuse(id, PoolError.OTHER, "Method not found");
        }
    }

    /** The reply comes before the first difficulty and job, and no other job comes in between. */
    private void subscribe(Request request) {
        Optional<Stratum1Session> resumed =
                isReady() ? Optional.empty() : side.find(request.text(1)).map(this::takenOver);
        session = resumed.orElse(session);
        session.subscribe();
        side.remember(session);
        List<Object> result = List.of(
                List.of(List.of("mining.set_difficulty", session.id()), List.of("mining.notify", session.id())),
                session.extranonce1(),
                session.extranonce2Bytes());
        boolean clean = resumed.isEmpty() || !session.isOn(side.job());
        voice.reply(request.id(), result, () -> {
            sendDifficulty(desk.difficulty());
            sendJob(clean);
        });
    }

    /** What this connection agreed on before it resumed holds on. */
    private Stratum1Session takenOver(Stratum1Session known) {
        if (session.isRolling()) {
            known.rollVersion(session.mask());
        }
        return known;
    }

    private void authorise(Request request) {
        if (session.authorise(request.text(0))) {
            voice.reply(request.id(), true);
        } else {
            voice.deny(request.id(), "unauthorized worker");
        }
    }

    private void submit(Request request) {
        Stratum1Session.Submission share = new Stratum1Session.Submission(
                request.text(0), request.text(1), request.text(2), request.text(3), request.text(4), request.text(5));
        int count = request.parameters().size();
        Verdict verdict = count == PARAMETERS || count == PARAMETERS + 1
                ? session.judge(share)
                : new Verdict.Refused(PoolError.OTHER, "submit needs 5 or 6 parameters, got " + count);
        voice.answer(request.id(), desk.enter(new Desk.Submission(session.id(), share.worker(), share.job()), verdict));
    }

    /** BIP 310: each extension that is asked for gets an answer. */
    private void configure(Request request) {
        Map<String, Object> granted = new LinkedHashMap<>();
        JsonNode wishes = request.parameter(1);
        for (JsonNode extension : request.parameter(0)) {
            switch (extension.asText()) {
                case "version-rolling" -> grantRolling(granted, wishes);
                case "minimum-difficulty" -> grantMinimum(granted, wishes.path("minimum-difficulty.value"));
                case "subscribe-extranonce" -> {
                    takesExtranonces = true;
                    granted.put("subscribe-extranonce", true);
                }
                default -> granted.put(extension.asText(), false);
            }
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", voice.written(request.id()));
        line.put("error", null);
        line.put("result", granted);
        voice.reply(line);
    }

    private void grantRolling(Map<String, Object> granted, JsonNode wishes) {
        String wished = wishes.path("version-rolling.mask").asText("ffffffff");
        if (wished.length() > 8 || !wished.chars().allMatch(HexFormat::isHexDigit) || wished.isEmpty()) {
            granted.put("version-rolling", "version-rolling.mask is no hexadecimal number of 8 digits");
            return;
        }
        session.rollVersion(VERSION_MASK & Integer.parseUnsignedInt(wished, 16));
        granted.put("version-rolling", true);
        granted.put("version-rolling.mask", String.format("%08x", session.mask()));
    }

    private void grantMinimum(Map<String, Object> granted, JsonNode value) {
        boolean usable = value.isNumber() && value.doubleValue() >= 0 && Double.isFinite(value.doubleValue());
        if (usable) {
            difficultyMin = value.doubleValue();
        }
        granted.put("minimum-difficulty", usable);
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty next -> sendDifficulty(next.difficulty());
            case Push.Extranonce next -> sendExtranonce(next);
            case Push.VersionMask next -> sendMask(next.mask());
            case Push.ClientWord word -> words.say(word);
        }
    }

    private void sendDifficulty(double difficulty) {
        voice.push("mining.set_difficulty", List.of(Math.max(difficulty, difficultyMin)));
    }

    private void sendJob(boolean clean) {
        double difficulty = Math.max(desk.difficulty(), difficultyMin);
        session.send(side.job(), side.terms().targetOf(difficulty), clean);
        voice.push("mining.notify", side.job().notification(clean));
    }

    private void sendExtranonce(Push.Extranonce next) {
        if (!takesExtranonces && !next.uninvited()) {
            return;
        }
        int minerBytes = next.minerBytes() == 0 ? ShareCheck.EXTRANONCE2_BYTES : next.minerBytes();
        session.changeExtranonce1(side.nextExtranonce(minerBytes));
        voice.push("mining.set_extranonce", List.of(session.extranonce1(), session.extranonce2Bytes()));
    }

    /** Only a miner that agreed to roll versions is told. */
    private void sendMask(int mask) {
        if (session.isRolling()) {
            session.rollVersion(mask);
            voice.push("mining.set_version_mask", List.of(String.format("%08x", mask)));
        }
    }
}
