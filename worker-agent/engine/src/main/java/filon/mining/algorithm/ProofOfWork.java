package filon.mining.algorithm;

import filon.contracts.value.Algorithm;
import filon.mining.opencl.OpenClContext;
import java.util.List;

/**
 * One proof-of-work algorithm: its reference on the CPU, its public known answers, its kernel.
 *
 * <p>Implementations are services ({@link java.util.ServiceLoader}), stateless and safe for any thread.
 */
public interface ProofOfWork {
    Algorithm name();

    /** Bytes of {@link Work#prefix()}. */
    int prefixLength();

    /** How many nonces one work offers; they start at zero. */
    long nonceCount();

    /** The hash by the CPU reference: byte[32], most significant byte first. */
    byte[] hash(byte[] prefix, long nonce);

    /** Prefix and nonce in the layout a verifier hashes. */
    byte[] solved(byte[] prefix, long nonce);

    /** Public facts to prove a kernel with; never empty. */
    List<KnownAnswer> knownAnswers();

    /** What this device is likely to run best with. */
    SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax);

    /** Builds the kernel; the caller closes the searcher before the context. */
    Searcher searcher(OpenClContext context, SearchTuning tuning);
}
