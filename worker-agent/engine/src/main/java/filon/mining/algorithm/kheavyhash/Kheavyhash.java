package filon.mining.algorithm.kheavyhash;

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
import filon.mining.algorithm.TuningGrid;
import filon.mining.algorithm.TuningGrids;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * kHeavyHash, Kaspa's: cSHAKE256, a matrix of 64 x 64 numbers of four bits that each block draws anew, cSHAKE256. The header is
 * the block's hash before proof of work, byte[32], and its timestamp, eight bytes, little-endian; the nonce has 64 bits,
 * little-endian; the hash is compared as a little-endian number.
 */
public final class Kheavyhash implements ProofOfWork {
    static final Folder FOLDER = new Folder(Kheavyhash.class);
    static final int HASH_LENGTH = 32;
    static final CustomShake FIRST = CustomShake.of("ProofOfWorkHash");
    static final CustomShake LAST = CustomShake.of("HeavyHash");
    private static final int HEADER_LENGTH = HASH_LENGTH + Long.BYTES;
    private static final int ZEROS = 32;
    private static final int VECTOR_WIDTH = 16;
    private static final int MATRICES_KEPT = 8;

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16, 1), List.of(16, 32, 64, 128, 256), List.of(1, 4, 16)),
            new TuningGrid(List.of(1), List.of(16, 32, 64, 128, 256), List.of(1, 2, 4, 8)));

    private final String kernelSource;
    private final Map<String, HeavyMatrix> matrices = new ConcurrentHashMap<>();

    /** With the kernel of this folder. */
    public Kheavyhash() {
        this(FOLDER.kernel("kheavyhash.cl"));
    }

    /** With another kernel source, for tests of what a wrong one leads to. */
    Kheavyhash(String kernelSource) {
        this.kernelSource = kernelSource;
    }

    @Override
    public String name() {
        return "kheavyhash";
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.KASPA;
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
        byte[] first = FIRST.hash(solved(header, nonce));
        byte[] last = LAST.hash(matrix(header.prefix()).applied(first));
        byte[] number = new byte[HASH_LENGTH];
        for (int i = 0; i < HASH_LENGTH; i++) {
            number[i] = last[HASH_LENGTH - 1 - i];
        }
        return Digest.of(number);
    }

    /** The matrix of the last few blocks is remembered. */
    HeavyMatrix matrix(byte[] prefix) {
        byte[] hashBeforeWork = Arrays.copyOf(prefix, HASH_LENGTH);
        if (matrices.size() > MATRICES_KEPT) {
            matrices.clear();
        }
        return matrices.computeIfAbsent(HexFormat.of().formatHex(hashBeforeWork), _ -> HeavyMatrix.of(hashBeforeWork));
    }

    /** Hash before proof of work, timestamp, 32 zero bytes, nonce. */
    @Override
    public byte[] solved(Header header, long nonce) {
        byte[] prefix = header.prefix();
        if (prefix.length != HEADER_LENGTH) {
            throw new IllegalArgumentException("header of " + prefix.length + " bytes; Kaspa's has " + HEADER_LENGTH);
        }
        return ByteBuffer.allocate(HEADER_LENGTH + ZEROS + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(prefix)
                .putLong(HEADER_LENGTH + ZEROS, nonce)
                .array();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : FOLDER.vectors().path("hashes")) {
            byte[] prefix = ByteBuffer.allocate(HEADER_LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(HexFormat.of().parseHex(entry.path("hash_before_work").asText()))
                    .putLong(Long.parseUnsignedLong(entry.path("timestamp").asText(), 16))
                    .array();
            byte[] little = HexFormat.of().parseHex(entry.path("hash").asText());
            byte[] number = new byte[HASH_LENGTH];
            for (int i = 0; i < HASH_LENGTH; i++) {
                number[i] = little[HASH_LENGTH - 1 - i];
            }
            answers.add(new KnownAnswer(
                    entry.path("name").asText(),
                    Header.of(prefix),
                    Long.parseUnsignedLong(entry.path("nonce").asText(), 16),
                    Digest.of(number)));
        }
        return List.copyOf(answers);
    }

    /** Two permutations of lanes of 64 bits, counted twice; the products. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.INTEGER, 2 * 24 * 25 * 2 * 3 + 2 * 64 * 64);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        boolean vectorDevice = integerVectorWidth > 1;
        int group = Math.min(Integer.highestOneBit(workGroupSizeMax), vectorDevice ? 16 : 128);
        return new SearchTuning(vectorDevice ? VECTOR_WIDTH : 1, group, 1, "");
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
        return new KheavyhashSearcher(context, kernelSource, tuning, this);
    }
}
