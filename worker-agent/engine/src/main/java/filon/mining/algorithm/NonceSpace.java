package filon.mining.algorithm;

/**
 * All nonces that differ in their lowest bits only.
 *
 * @param first as an unsigned number; its lowest bits are zero
 * @param bits 0 to 64
 */
public record NonceSpace(long first, int bits) {
    public NonceSpace {
        if (bits < 0 || bits > Long.SIZE || (first & lowest(bits)) != 0) {
            throw new IllegalArgumentException(
                    "nonce space of " + bits + " bits from " + Long.toHexString(first) + " is none");
        }
    }

    /** Every nonce of so many bits. */
    public static NonceSpace ofBits(int bits) {
        return new NonceSpace(0, bits);
    }

    /** The last nonce, as an unsigned number. */
    public long last() {
        return first | lowest(bits);
    }

    public boolean contains(long nonce) {
        return (nonce & ~lowest(bits)) == first;
    }

    private static long lowest(int bits) {
        return bits == Long.SIZE ? -1 : (1L << bits) - 1;
    }
}
