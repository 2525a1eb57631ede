package filon.mining.algorithm;

/** The nonces from {@code first} on, {@code count} of them. */
public record NonceRange(long first, long count) {
    public NonceRange {
        if (first < 0 || count < 1 || first > Long.MAX_VALUE - count) {
            throw new IllegalArgumentException("nonce range of " + count + " from " + first + " is empty or wraps");
        }
    }

    /** One past the last nonce. */
    public long end() {
        return first + count;
    }

    public boolean contains(long nonce) {
        return nonce >= first && nonce < end();
    }
}
