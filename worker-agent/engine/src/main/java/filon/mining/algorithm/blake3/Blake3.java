package filon.mining.algorithm.blake3;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Bound;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Folder;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Alephium's proof of work: BLAKE3 of the BLAKE3 of a nonce of 24 bytes and a header of 302. We search the nonce's first eight
 * bytes, most significant first, so that what a pool fixes of it are its upper bits; the other sixteen are zero.
 */
public final class Blake3 implements ProofOfWork {
    static final Folder FOLDER = new Folder(Blake3.class);
    static final int HEADER_LENGTH = 302;
    static final int NONCE_LENGTH = 24;
    private static final int GROUPS = 4;
    private static final int VECTOR_WIDTH_MAX = 16;

    private final String kernelSource;

    /** With the kernel of this folder. */
    public Blake3() {
        this(FOLDER.text("blake3.cl"));
    }

    /** With another kernel source, for tests of what a wrong one leads to. */
    Blake3(String kernelSource) {
        this.kernelSource = kernelSource;
    }

    @Override
    public String name() {
        return "blake3";
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.ALEPHIUM;
    }

    @Override
    public int prefixLength() {
        return HEADER_LENGTH;
    }

    @Override
    public int nonceBits() {
        return Long.SIZE;
    }

    @Override
    public Digest digest(Header header, long nonce) {
        return Digest.of(Blake3Reference.hash(Blake3Reference.hash(solved(header, nonce))));
    }

    /** Nonce of 24 bytes, then the header. */
    @Override
    public byte[] solved(Header header, long nonce) {
        byte[] prefix = header.prefix();
        if (prefix.length != HEADER_LENGTH) {
            throw new IllegalArgumentException(
                    "header of " + prefix.length + " bytes; Alephium's has " + HEADER_LENGTH);
        }
        return ByteBuffer.allocate(NONCE_LENGTH + HEADER_LENGTH)
                .putLong(nonce)
                .position(NONCE_LENGTH)
                .put(prefix)
                .array();
    }

    /**
     * Which of Alephium's sixteen chains a hash belongs to, by its last byte: {@code 4 x from + to}. A hash counts for a job
     * only if this is the job's chain; the pool's dialect looks at that.
     */
    static int chainIndex(byte[] hash) {
        return (hash[hash.length - 1] & 0xff) % (GROUPS * GROUPS);
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : FOLDER.vectors().path("headers")) {
            answers.add(new KnownAnswer(
                    entry.path("name").asText(),
                    Header.of(HexFormat.of().parseHex(entry.path("header").asText())),
                    Long.parseUnsignedLong(entry.path("nonce").asText(), 16),
                    Digest.of(HexFormat.of().parseHex(entry.path("hash").asText()))));
        }
        return List.copyOf(answers);
    }

    /** Seven compressions of 56 mixes of 14 operations. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.INTEGER, 7 * 56 * 14);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        int width = Math.min(VECTOR_WIDTH_MAX, Integer.highestOneBit(integerVectorWidth));
        boolean vectorDevice = width > 1;
        int group = Math.min(Integer.highestOneBit(workGroupSizeMax), vectorDevice ? 16 : 256);
        return new SearchTuning(width, group, vectorDevice ? 16 : 1, "");
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new Blake3Searcher(context, kernelSource, tuning);
    }
}
