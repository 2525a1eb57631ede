package filon.mining.algorithm.kawpow;

/** The permutation Keccak-f[800]: 25 lanes of 32 bits, 22 rounds (FIPS 202, section 3.3, with w = 32). */
final class Keccak800 {
    private static final int LANES = 25;
    private static final int ROUNDS = 22;
    private static final int[] OFFSETS = new int[LANES];
    private static final int[] TARGETS = new int[LANES];
    private static final int[] ROUND_CONSTANTS = new int[ROUNDS];

    static {
        int x = 1;
        int y = 0;
        for (int t = 0; t < LANES - 1; t++) {
            OFFSETS[x + 5 * y] = (t + 1) * (t + 2) / 2 % Integer.SIZE;
            int nextY = (2 * x + 3 * y) % 5;
            TARGETS[x + 5 * y] = y + 5 * nextY;
            x = y;
            y = nextY;
        }
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < 7; j++) {
                int bit = (1 << j) - 1;
                if ((register & 1) != 0 && bit < Integer.SIZE) {
                    ROUND_CONSTANTS[round] |= 1 << bit;
                }
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }
    }

    private Keccak800() {}

    /** @param a int[25], changed in place */
    static void permute(int[] a) {
        int[] moved = new int[LANES];
        int[] parity = new int[5];
        for (int round = 0; round < ROUNDS; round++) {
            for (int x = 0; x < 5; x++) {
                parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }
            for (int i = 0; i < LANES; i++) {
                int x = i % 5;
                int theta = a[i] ^ parity[(x + 4) % 5] ^ Integer.rotateLeft(parity[(x + 1) % 5], 1);
                moved[TARGETS[i]] = Integer.rotateLeft(theta, OFFSETS[i]);
            }
            for (int i = 0; i < LANES; i++) {
                int row = i / 5 * 5;
                a[i] = moved[i] ^ (~moved[row + (i + 1) % 5] & moved[row + (i + 2) % 5]);
            }
            a[0] ^= ROUND_CONSTANTS[round];
        }
    }
}
