package filon.billing.proof;

/** Hashes a solved header by a CPU reference; {@link Sha256d} uses the JDK, the engine's reference can take its place. */
@FunctionalInterface
public interface ProofHash {
    /** @return byte[32], most significant byte first: the number that is compared with the target */
    byte[] of(byte[] header);
}
