package filon.mining.algorithm;

/**
 * What one nonce hashes to.
 *
 * @param hash byte[32], most significant byte first: the number that is compared with a target
 * @param mix byte[32] that pools of the ethash family want beside the nonce; empty for every other algorithm
 */
public record Digest(byte[] hash, byte[] mix) {
    private static final byte[] NONE = {};

    public Digest {
        hash = hash.clone();
        mix = mix.clone();
    }

    public static Digest of(byte[] hash) {
        return new Digest(hash, NONE);
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public byte[] mix() {
        return mix.clone();
    }
}
