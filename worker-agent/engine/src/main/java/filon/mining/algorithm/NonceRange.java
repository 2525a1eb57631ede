package filon.mining.algorithm;

/**
 * The nonces from {@code first} on, {@code count} of them.
 *
 * @param first as an unsigned number
 * @param count above zero
 */
public record NonceRange(long first, long count) {
    public NonceRange {
        if (count < 1 || Long.compareUnsigned(first + (count - 1), first) < 0) {
            throw new IllegalArgumentException(
                    "nonce range of " + count + " from " + Long.toUnsignedString(first) + " is empty or wraps");
        }
    }

    /** The last nonce, as an unsigned number. */
    public long last() {
        return first + (count - 1);
    }

    public boolean contains(long nonce) {
        return Long.compareUnsigned(nonce - first, count) < 0;
    }
}
