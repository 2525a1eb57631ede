package filon.mining.algorithm;

/**
 * What a device searches: the bytes before the nonce and the target to meet.
 *
 * @param prefix all that is hashed but the nonce, in the algorithm's own layout (sha256d: the first 76 bytes of a header)
 */
public record Work(byte[] prefix, Target target) {
    public Work {
        prefix = prefix.clone();
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }
}
