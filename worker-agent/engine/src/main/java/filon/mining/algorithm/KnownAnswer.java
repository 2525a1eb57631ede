package filon.mining.algorithm;

/** A public fact: this prefix with this nonce hashes to this, most significant byte first. */
public record KnownAnswer(String name, byte[] prefix, long nonce, byte[] hash) {
    public KnownAnswer {
        prefix = prefix.clone();
        hash = hash.clone();
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }
}
