package filon.mining.algorithm.kheavyhash;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A matrix of 64 x 64 numbers of four bits (Kaspa, consensus/pow: matrix, xoshiro).
 *
 * @param rows short[64][64]
 */
record HeavyMatrix(short[][] rows) {
    static final int SIZE = 64;
    private static final int NIBBLES_PER_LONG = 16;
    private static final double SMALLEST = 1e-9;

    /**
     * The first of full rank that the generator, seeded with the hash before proof of work, gives.
     *
     * @throws IllegalArgumentException if the hash is zero: the generator would give zeros for ever
     */
    static HeavyMatrix of(byte[] hashBeforeWork) {
        if (new BigInteger(hashBeforeWork).signum() == 0) {
            throw new IllegalArgumentException("a hash before proof of work of 32 zero bytes has no matrix");
        }
        Xoshiro random = new Xoshiro(hashBeforeWork);
        HeavyMatrix matrix;
        do {
            matrix = drawn(random);
        } while (matrix.rank() < SIZE);
        return matrix;
    }

    private static HeavyMatrix drawn(Xoshiro random) {
        short[][] rows = new short[SIZE][SIZE];
        for (short[] row : rows) {
            for (int from = 0; from < SIZE; from += NIBBLES_PER_LONG) {
                long drawn = random.next();
                for (int i = 0; i < NIBBLES_PER_LONG; i++) {
                    row[from + i] = (short) (drawn >>> 4 * i & 0xf);
                }
            }
        }
        return new HeavyMatrix(rows);
    }

    /** By elimination in floating point, as Kaspa's nodes do it: they decide what a full rank is. */
    int rank() {
        double[][] m = new double[SIZE][SIZE];
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                m[row][column] = rows[row][column];
            }
        }
        boolean[] isUsed = new boolean[SIZE];
        int rank = 0;
        for (int column = 0; column < SIZE; column++) {
            int pivot = pivot(m, isUsed, column);
            if (pivot < SIZE) {
                rank++;
                isUsed[pivot] = true;
                eliminate(m, pivot, column);
            }
        }
        return rank;
    }

    private static int pivot(double[][] m, boolean[] isUsed, int column) {
        int row = 0;
        while (row < SIZE && (isUsed[row] || Math.abs(m[row][column]) <= SMALLEST)) {
            row++;
        }
        return row;
    }

    private static void eliminate(double[][] m, int pivot, int column) {
        for (int i = column + 1; i < SIZE; i++) {
            m[pivot][i] /= m[pivot][column];
        }
        for (int row = 0; row < SIZE; row++) {
            if (row != pivot && Math.abs(m[row][column]) > SMALLEST) {
                for (int i = column + 1; i < SIZE; i++) {
                    m[row][i] -= m[pivot][i] * m[row][column];
                }
            }
        }
    }

    /** The 32 bytes as 64 numbers, multiplied by the matrix, each product's upper four bits, exclusive or the bytes. */
    byte[] applied(byte[] bytes) {
        int[] numbers = new int[SIZE];
        for (int i = 0; i < bytes.length; i++) {
            numbers[2 * i] = bytes[i] >>> 4 & 0xf;
            numbers[2 * i + 1] = bytes[i] & 0xf;
        }
        byte[] result = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            result[i] ^= (byte) (product(2 * i, numbers) << 4 | product(2 * i + 1, numbers));
        }
        return result;
    }

    private int product(int row, int[] numbers) {
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += rows[row][i] * numbers[i];
        }
        return sum >>> 10;
    }

    /** xoshiro256++ (Blackman and Vigna). */
    private static final class Xoshiro {
        private final long[] s = new long[4];

        Xoshiro(byte[] seed) {
            ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(s);
        }

        long next() {
            long result = s[0] + Long.rotateLeft(s[0] + s[3], 23);
            long shifted = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= shifted;
            s[3] = Long.rotateLeft(s[3], 45);
            return result;
        }
    }
}
