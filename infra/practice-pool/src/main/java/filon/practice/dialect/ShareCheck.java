package filon.practice.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Rebuilds a share's block header and hashes it, with the JDK alone.
 *
 * <p>It shares no line with the engine, so that both cannot be wrong in the same way.
 */
final class ShareCheck {
    static final int EXTRANONCE1_BYTES = 4;
    static final int EXTRANONCE2_BYTES = 4;
    private static final int HEADER_BYTES = 80;
    /** The target of difficulty 1: 0xffff followed by 208 zero bits. */
    private static final BigInteger DIFFICULTY_ONE = BigInteger.valueOf(0xffff).shiftLeft(208);

    private static final BigInteger LARGEST_HASH = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private ShareCheck() {}

    /** The highest hash that counts: the target of difficulty 1, divided; a difficulty near 0 lets every hash count. */
    static BigInteger targetOf(double difficulty) {
        if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
            throw new IllegalArgumentException("difficulty " + difficulty + " is not a positive number");
        }
        return new BigDecimal(DIFFICULTY_ONE)
                .divide(new BigDecimal(difficulty), 0, RoundingMode.FLOOR)
                .toBigInteger()
                .min(LARGEST_HASH);
    }

    /** Of the highest hash that counts. */
    static double difficultyOf(BigInteger target) {
        return DIFFICULTY_ONE.doubleValue() / target.add(BigInteger.ONE).doubleValue();
    }

    /** What a miner chooses of a header. */
    record Choice(int version, byte[] extranonce2, int time, int nonce) {
        Choice {
            extranonce2 = extranonce2.clone();
        }

        @Override
        public byte[] extranonce2() {
            return extranonce2.clone();
        }
    }

    /** The header, byte[80], that the miner's choices make of the job. */
    static byte[] header(BlockTemplate job, byte[] extranonce1, Choice choice) {
        MessageDigest sha = sha256();
        byte[] root = twice(sha, job.coinbase1(), extranonce1, choice.extranonce2(), job.coinbase2());
        for (byte[] neighbour : job.branch()) {
            root = twice(sha, root, neighbour);
        }
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(choice.version())
                .put(job.previousHash())
                .put(root)
                .putInt(choice.time())
                .putInt(job.bits())
                .putInt(choice.nonce())
                .array();
    }

    /** The hash of a header, byte[32] in the order the hash function gives it. */
    static byte[] hash(byte[] header) {
        return twice(sha256(), header);
    }

    /** The number that is compared with a target: the hash read from its last byte. */
    static BigInteger number(byte[] hash) {
        byte[] reversed = new byte[hash.length];
        for (int i = 0; i < hash.length; i++) {
            reversed[i] = hash[hash.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /** Turns each four bytes around, as Stratum shows the previous hash. */
    static byte[] swapWords(byte[] bytes) {
        byte[] swapped = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            swapped[i] = bytes[(i & ~3) + 3 - (i & 3)];
        }
        return swapped;
    }

    private static byte[] twice(MessageDigest sha, byte[]... parts) {
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
