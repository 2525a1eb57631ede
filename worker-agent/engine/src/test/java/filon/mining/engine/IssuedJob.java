package filon.mining.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A job as the pool of tests remembers it. Builds and hashes headers by code of its own, so that it agrees with the miner only where
 * both are right. All bytes are hexadecimal, as they stand in lines.
 *
 * @param generation how many clean jobs came up to this one
 * @param extranonce the pool's part of the coinbase
 * @param ownLength bytes of the miner's part
 * @param previousHash eight words, each byte-swapped
 * @param time of the header, in seconds
 */
record IssuedJob(
        String id,
        long generation,
        String extranonce,
        int ownLength,
        String previousHash,
        List<String> branch,
        int time,
        BigInteger target) {
    static final int TIME_ROLL_SECONDS_MAX = 600;

    private static final HexFormat HEX = HexFormat.of();
    private static final String COINBASE_START = "01000000";
    private static final String COINBASE_END = "ffffffff";
    private static final String VERSION = "20000000";
    private static final String BITS = "1d00ffff";
    private static final BigDecimal DIFFICULTY_ONE =
            new BigDecimal(BigInteger.valueOf(0xffff).shiftLeft(208));
    private static final BigInteger HASH_MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    static BigInteger targetOf(BigDecimal difficulty) {
        return DIFFICULTY_ONE
                .divide(difficulty, 0, RoundingMode.FLOOR)
                .toBigInteger()
                .min(HASH_MAX);
    }

    /** The line that announces it. */
    String notice(boolean isClean) {
        String hashes = branch.stream().map(hash -> '"' + hash + '"').collect(Collectors.joining(","));
        return "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"" + id + "\",\"" + previousHash + "\",\""
                + COINBASE_START + "\",\"" + COINBASE_END + "\",[" + hashes + "],\"" + VERSION + "\",\"" + BITS
                + "\",\"" + HEX.toHexDigits(time) + "\"," + isClean + "]}";
    }

    /** The header of 80 bytes that a share of this job stands for. */
    String header(String own, String rolledTime, String nonce) {
        String root = doubleHash(COINBASE_START + extranonce + own + COINBASE_END);
        for (String sibling : branch) {
            root = doubleHash(root + sibling);
        }
        return reversed(VERSION)
                + swappedWords(previousHash)
                + root
                + reversed(rolledTime)
                + reversed(BITS)
                + reversed(nonce);
    }

    boolean isMetBy(String header) {
        return new BigInteger(reversed(doubleHash(header)), 16).compareTo(target) <= 0;
    }

    private static String swappedWords(String hex) {
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2 * Integer.BYTES) {
            swapped.append(reversed(hex.substring(i, i + 2 * Integer.BYTES)));
        }
        return swapped.toString();
    }

    private static String reversed(String hex) {
        StringBuilder reversed = new StringBuilder();
        for (int i = hex.length() - 2; i >= 0; i -= 2) {
            reversed.append(hex, i, i + 2);
        }
        return reversed.toString();
    }

    private static String doubleHash(String hex) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HEX.formatHex(digest.digest(digest.digest(HEX.parseHex(hex))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
