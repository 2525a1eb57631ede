package filon.mining.algorithm;

/**
 * All of a block's header that a miner is given: what is hashed but the nonce.
 *
 * @param prefix in the algorithm's own layout (sha256d: the first 76 bytes of a header; ethash: the header's hash, byte[32])
 * @param height of the block, or another height of the same epoch where a pool tells only that; zero where the algorithm does
 *     not ask for heights
 */
public record Header(byte[] prefix, long height) {
    public Header {
        if (height < 0) {
            throw new IllegalArgumentException("height " + height + " is below zero");
        }
        prefix = prefix.clone();
    }

    /** Of an algorithm that does not ask for heights. */
    public static Header of(byte[] prefix) {
        return new Header(prefix, 0);
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }
}
