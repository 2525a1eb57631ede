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
import filon.mining.algorithm.Target;
import filon.mining.algorithm.TuningGrid;
import filon.mining.algorithm.TuningGrids;
import filon.mining.opencl.OpenClContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Alephium's proof of work: BLAKE3 of the BLAKE3 of a nonce of 24 bytes and a header of 302. We search the nonce's last eight bytes,
 * most significant first; the other sixteen, of which a pool fixes the first few, stand before the header in a prefix.
 */
public final class Blake3 implements ProofOfWork {
    static final Folder FOLDER = new Folder(Blake3.class);
    static final int HEADER_LENGTH = 302;
    static final int NONCE_START = 16;
    private static final int PREFIX_LENGTH = NONCE_START + HEADER_LENGTH;
    /** Difficulty 1 of Alephium's pools: 30 zero bits (alephium/mining-pool, lib/constants.js). */
    private static final BigInteger DIFFICULTY_ONE =
            BigInteger.ONE.shiftLeft(226).subtract(BigInteger.ONE);

    private static final int VECTOR_WIDTH_MAX = 16;

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16, 8, 4), List.of(16, 32, 64, 128, 256), List.of(64, 16, 4, 1)),
            new TuningGrid(List.of(1, 2), List.of(16, 32, 64, 128, 256), List.of(1, 2, 4, 8)));

    private final String kernelSource;

    /** With the kernel of this folder. */
    public Blake3() {
        this(FOLDER.kernel("blake3.cl"));
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
        return PREFIX_LENGTH;
    }

    @Override
    public int nonceBits() {
        return Long.SIZE;
    }

    @Override
    public Digest digest(Header header, long nonce) {
        return Digest.of(Blake3Reference.hash(Blake3Reference.hash(solved(header, nonce))));
    }

    @Override
    public Target targetOf(BigDecimal difficulty) {
        Target common = Target.ofDifficulty(difficulty);
        if (common.equals(Target.EASIEST) || common.number().signum() == 0) {
            return common;
        }
        return Target.of(new BigDecimal(DIFFICULTY_ONE)
                .divide(difficulty, 0, RoundingMode.DOWN)
                .toBigInteger());
    }

    /** Nonce of 24 bytes, then the header. */
    @Override
    public byte[] solved(Header header, long nonce) {
        byte[] prefix = header.prefix();
        if (prefix.length != PREFIX_LENGTH) {
            throw new IllegalArgumentException("prefix of " + prefix.length + " bytes; Alephium's has " + NONCE_START
                    + " of the nonce and " + HEADER_LENGTH + " of the header");
        }
        return ByteBuffer.allocate(PREFIX_LENGTH + Long.BYTES)
                .put(prefix, 0, NONCE_START)
                .putLong(nonce)
                .put(prefix, NONCE_START, HEADER_LENGTH)
                .array();
    }

    private static byte[] prefix(String nonce, String header) {
        return HexFormat.of().parseHex(nonce.substring(0, 2 * NONCE_START) + header);
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : FOLDER.vectors().path("headers")) {
            String nonce = entry.path("nonce").asText();
            answers.add(new KnownAnswer(
                    entry.path("name").asText(),
                    Header.of(prefix(nonce, entry.path("header").asText())),
                    Long.parseUnsignedLong(nonce.substring(2 * NONCE_START), 16),
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
    public TuningGrids tuningGrids() {
        return GRIDS;
    }

    @Override
    public String kernelText() {
        return kernelSource;
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new Blake3Searcher(context, kernelSource, tuning);
    }
}
