package filon.mining.algorithm.autolykos2;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Autolykos v2 without a table: each element is computed when it is read (ErgoPow white paper; Ergo, AutolykosPowScheme).
 *
 * @param height of the block, which is in every element
 * @param size elements of the table
 */
record AutolykosReference(long height, int size) {
    static final int ELEMENT_BYTES = 31;
    private static final int READS = 32;
    private static final int NUMBERS = 1024;
    private static final byte[] BALLAST = ballast();

    private static byte[] ballast() {
        ByteBuffer numbers = ByteBuffer.allocate(NUMBERS * Long.BYTES);
        for (long number = 0; number < NUMBERS; number++) {
            numbers.putLong(number);
        }
        return numbers.array();
    }

    /**
     * byte[32], most significant byte first.
     *
     * @param message byte[32]
     * @param elements is told which elements are read
     */
    byte[] hit(byte[] message, long nonce, IntConsumer elements) {
        byte[] solved = ByteBuffer.allocate(40).put(message).putLong(nonce).array();
        byte[] first = Blake2b.hash(solved);
        BigInteger last8 = new BigInteger(1, Arrays.copyOfRange(first, 24, 32));
        int start = last8.mod(BigInteger.valueOf(size)).intValue();
        elements.accept(start);
        byte[] seed = ByteBuffer.allocate(ELEMENT_BYTES + solved.length)
                .put(element(start))
                .put(solved)
                .array();
        BigInteger sum = BigInteger.ZERO;
        for (int index : indexes(seed)) {
            elements.accept(index);
            sum = sum.add(new BigInteger(1, element(index)));
        }
        return Blake2b.hash(bytes32(sum));
    }

    /** Windows of four bytes of the seed's hash, which begins anew at its end. */
    int[] indexes(byte[] seed) {
        byte[] hash = Blake2b.hash(seed);
        ByteBuffer extended = ByteBuffer.allocate(READS + 3).put(hash).put(hash, 0, 3);
        int[] indexes = new int[READS];
        for (int i = 0; i < READS; i++) {
            indexes[i] = Integer.remainderUnsigned(extended.getInt(i), size);
        }
        return indexes;
    }

    /** byte[31], most significant byte first. */
    byte[] element(int index) {
        byte[] hash = Blake2b.hash(ByteBuffer.allocate(2 * Integer.BYTES + BALLAST.length)
                .putInt(index)
                .putInt((int) height)
                .put(BALLAST)
                .array());
        return Arrays.copyOfRange(hash, 1, hash.length);
    }

    static byte[] bytes32(BigInteger number) {
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(bytes.length, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, bytes.length - length, length);
        return bytes;
    }
}
