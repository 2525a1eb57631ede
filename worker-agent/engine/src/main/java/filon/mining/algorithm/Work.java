package filon.mining.algorithm;

/** What a device searches: a header for nonces whose hash is at or below the target. */
public record Work(Header header, Target target) {}
