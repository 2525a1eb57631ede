package filon.mining.algorithm;

/** A public fact: this header with this nonce hashes to this. */
public record KnownAnswer(String name, Header header, long nonce, Digest digest) {}
