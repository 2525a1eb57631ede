package filon.mining.pool.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.PoolValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameters of {@code mining.notify}, checked: id, previous hash (eight words, each byte-swapped), coinbase halves, merkle
 * branch, version, bits, time, clean flag.
 */
record JobNotice(
        String id,
        byte[] previousHash,
        byte[] coinbaseStart,
        byte[] coinbaseEnd,
        List<byte[]> branch,
        int version,
        int bits,
        int time,
        boolean clean) {
    private static final int BRANCH_MAX = 32;

    /** Whether both lead to the same headers, whatever they are called. */
    boolean hasHeadersOf(JobNotice other) {
        boolean isSameCoinbase = Arrays.equals(coinbaseStart, other.coinbaseStart)
                && Arrays.equals(coinbaseEnd, other.coinbaseEnd)
                && branch.size() == other.branch.size()
                && IntStream.range(0, branch.size()).allMatch(i -> Arrays.equals(branch.get(i), other.branch.get(i)));
        return isSameCoinbase
                && Arrays.equals(previousHash, other.previousHash)
                && version == other.version
                && bits == other.bits
                && time == other.time;
    }

    /** @throws IllegalArgumentException naming the parameter that is wrong */
    static JobNotice of(JsonNode params) {
        if (!params.isArray() || params.size() < 9) {
            throw new IllegalArgumentException("mining.notify has " + params.size() + " parameters, not 9");
        }
        return new JobNotice(
                PoolValues.jobId(params.get(0)),
                bytes(text(params, 1, "previous hash"), 32, "previous hash"),
                HexFormat.of().parseHex(text(params, 2, "first coinbase half")),
                HexFormat.of().parseHex(text(params, 3, "second coinbase half")),
                branch(params.get(4)),
                word(params, 5, "version"),
                word(params, 6, "bits"),
                word(params, 7, "time"),
                params.get(8).asBoolean(false));
    }

    private static List<byte[]> branch(JsonNode node) {
        if (!node.isArray() || node.size() > BRANCH_MAX) {
            throw new IllegalArgumentException("merkle branch of " + node.size() + " hashes exceeds " + BRANCH_MAX);
        }
        List<byte[]> branch = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            branch.add(bytes(text(node, i, "merkle branch"), 32, "merkle branch"));
        }
        return List.copyOf(branch);
    }

    private static int word(JsonNode params, int index, String what) {
        String hex = text(params, index, what);
        bytes(hex, 4, what);
        return HexFormat.fromHexDigits(hex);
    }

    private static byte[] bytes(String hex, int length, String what) {
        if (hex.length() != 2 * length) {
            throw new IllegalArgumentException(what + " has " + hex.length() + " hex digits, not " + 2 * length);
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String text(JsonNode params, int index, String what) {
        JsonNode node = params.get(index);
        if (!node.isTextual()) {
            throw new IllegalArgumentException(what + " is not a text");
        }
        return node.textValue();
    }
}
