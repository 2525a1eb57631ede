package filon.mining.algorithm;

import filon.mining.opencl.OpenClContext;
import java.math.BigDecimal;
import java.util.List;

/**
 * One proof-of-work algorithm: its reference on the CPU, its public known answers, its kernel.
 *
 * <p>Implementations are services ({@link java.util.ServiceLoader}) and safe for any thread.
 */
public interface ProofOfWork {
    /** As people type it: lower-case letters and digits. */
    String name();

    PoolProtocol protocol();

    /** Bytes of {@link Header#prefix()}. */
    int prefixLength();

    /** How many bits of the nonce are searched for one header: 32 or 64. */
    int nonceBits();

    /**
     * By the CPU reference, which shares no code with the kernel.
     *
     * @param nonce as an unsigned number of {@link #nonceBits()}
     */
    Digest digest(Header header, long nonce);

    /** Prefix and nonce in the layout a verifier hashes. */
    byte[] solved(Header header, long nonce);

    /** Public facts to prove a kernel with; never empty. */
    List<KnownAnswer> knownAnswers();

    /**
     * The target of a share as this algorithm's pools count difficulty.
     *
     * @throws IllegalArgumentException if the difficulty is not above zero
     */
    default Target targetOf(BigDecimal difficulty) {
        return Target.ofDifficulty(difficulty);
    }

    /** The last height that is mined: the tables of a later one would take memory that no honest pool asks for, for years to come. */
    default int heightMax() {
        return Integer.MAX_VALUE;
    }

    /** What a device runs out of first. */
    Bound bound();

    /** How many nonces around a known answer the CPU hashes to prove a kernel with: fewer where a hash takes long. */
    default int provingWindow() {
        return 2_048;
    }

    /** The same algorithm with tables small enough to be made in a moment; itself where it has none. */
    default ProofOfWork reduced() {
        return this;
    }

    /** What this device is likely to run best with. */
    SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax);

    /**
     * What is worth trying on this device: few, each of them buildable there, and first {@link #tuningFor}.
     *
     * @return at most 64, none twice
     */
    default List<SearchTuning> tunings(int integerVectorWidth, int workGroupSizeMax) {
        SearchTuning usual = tuningFor(integerVectorWidth, workGroupSizeMax);
        return tuningGrids().of(integerVectorWidth).beside(usual, workGroupSizeMax);
    }

    /** What is worth trying beside {@link #tuningFor}. */
    default TuningGrids tuningGrids() {
        return TuningGrids.NONE;
    }

    /** The text of its kernels, as a tuning that was found for one says nothing about another. */
    String kernelText();

    /** Builds the kernel; the caller closes the searcher before the context. */
    Searcher searcher(OpenClContext context, SearchTuning tuning);
}
