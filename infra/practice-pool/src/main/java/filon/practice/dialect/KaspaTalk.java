package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One miner at a pool of Kaspa (as kaspa-stratum-bridge speaks): a job is four little-endian words of the block's hash and a timestamp, or
 * one long hexadecimal number for miners that want that; the push's id is the job's; a nonce that is short gets the extranonce before it.
 */
final class KaspaTalk extends NonceTalk {
    private static final int EXTRANONCE_BYTES = 2;
    private static final int NONCE_DIGITS = 16;
    /** Who wants a job as one number. */
    private static final Pattern LARGE_JOBS = Pattern.compile(".*(BzMiner|IceRiverMiner).*");

    private static final Style STYLE = new Style(
            false,
            Style.Absence.NULL,
            Style.Absence.NULL,
            Style.Absence.NULL,
            Style.Shape.THREE_ELEMENTS,
            Map.of(),
            Map.of(
                    PoolError.STALE, "Job not found",
                    PoolError.DUPLICATE, "Duplicate share submitted",
                    PoolError.LOW_DIFFICULTY, "Invalid difficulty",
                    PoolError.OTHER, "Unknown problem"));

    private boolean largeJobs;

    private KaspaTalk(NonceSide side, Desk desk, Voice voice) {
        super(side, desk, voice, side.session("", side.nextExtranonce(EXTRANONCE_BYTES)));
    }

    static PoolSide side(Terms terms) {
        return new NonceSide(terms, STYLE, (number, _) -> String.valueOf(number), KaspaTalk::new);
    }

    @Override
    public void heard(Request request) throws HostileMinerException {
        switch (request.requireList().method()) {
            case "mining.subscribe" -> {
                subscribe();
                largeJobs = LARGE_JOBS.matcher(request.text(0)).matches();
                voice.reply(request.id(), List.of(true, "EthereumStratum/1.0.0"));
            }
            case "mining.extranonce.subscribe" -> voice.reply(request.id(), true);
            case "mining.authorize" -> authorise(request, "Unauthorized worker", this::welcome);
            case "mining.submit" -> submit(request, Refusals.CAPITAL, job -> judge(job, request.text(2)));
            default -> voice.refuse(request.id(), PoolError.OTHER.code(), "Method not found");
        }
    }

    private void welcome() {
        sendExtranonce();
        sendDifficulty(difficulty());
        sendJob(true);
    }

    private Verdict judge(Sent<NonceJob> job, String said) {
        String digits = said.startsWith("0x") ? said.substring(2) : said;
        String prefix = HexFormat.of().formatHex(job.extranonce());
        int left = NONCE_DIGITS - prefix.length();
        String nonce = digits.length() <= left ? prefix + "0".repeat(left - digits.length()) + digits : digits;
        if (!NonceSession.isHex(nonce, NONCE_DIGITS) || digits.isEmpty()) {
            return new Verdict.Refused(PoolError.OTHER, "nonce has no 1 to 16 digits");
        }
        if (!nonce.startsWith(prefix)) {
            return new Verdict.Refused(PoolError.OUT_OF_RANGE, "nonce does not begin with " + prefix);
        }
        return session.judge(job, nonce, "");
    }

    @Override
    public void push(Push push) {
        switch (push) {
            case Push.Job job -> sendJob(job.clean());
            case Push.Difficulty next -> sendDifficulty(next.difficulty());
            case Push.Extranonce next -> {
                session.changeExtranonce(side.nextExtranonce(next, EXTRANONCE_BYTES));
                sendExtranonce();
            }
            case Push.ClientWord word -> say(word);
            case Push.VersionMask _ -> {}
        }
    }

    private void push(Object id, String method, List<Object> parameters) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("jsonrpc", "2.0");
        line.put("method", method);
        line.put("params", parameters);
        voice.push(line);
    }

    /** Without the {@code mining.} that all other methods begin with. */
    private void sendExtranonce() {
        push(null, "set_extranonce", List.of(session.extranonce(), session.minerDigits() / 2));
    }

    private void sendDifficulty(double difficulty) {
        push(null, "mining.set_difficulty", List.of(difficulty));
    }

    private void sendJob(boolean clean) {
        NonceJob job = sent(clean);
        ByteBuffer prefix = ByteBuffer.wrap(job.header().prefix()).order(ByteOrder.LITTLE_ENDIAN);
        List<BigInteger> hash = new ArrayList<>();
        for (int word = 0; word < 4; word++) {
            hash.add(new BigInteger(Long.toUnsignedString(prefix.getLong())));
        }
        long timestamp = prefix.getLong();
        push(
                job.number(),
                "mining.notify",
                largeJobs ? large(job, hash, timestamp) : List.of(job.id(), hash, timestamp));
    }

    /** Each word as a number, the timestamp as the bytes that are hashed. */
    private static List<Object> large(NonceJob job, List<BigInteger> hash, long timestamp) {
        StringBuilder digits = new StringBuilder();
        hash.forEach(word -> digits.append(String.format("%016x", word)));
        digits.append(String.format("%016x", Long.reverseBytes(timestamp)));
        return List.of(job.id(), digits.toString());
    }
}
