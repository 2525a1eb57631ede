package filon.mining.algorithm.scrypt;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * scrypt (N = 1024, r = 1, p = 1) of an 80-byte header, which is its own salt. The header's last four bytes are the nonce,
 * little-endian, and the digest is a little-endian number.
 */
public final class Scrypt implements ProofOfWork {
    static final Folder FOLDER = new Folder(Scrypt.class);
    static final long NONCES = 1L << 32;
    private static final int HEADER_LENGTH = 80;
    private static final int PREFIX_LENGTH = 76;
    private static final int VECTOR_WIDTH_MIN = 4;
    private static final int VECTOR_WIDTH_MAX = 16;
    private static final int CHAINS_MAX = 4;
    private static final int PROVING_WINDOW = 256;

    /** Difficulty 1 of scrypt pools is as easy as 1/65536 of the common one. */
    private static final BigDecimal DIFFICULTY_SCALE = BigDecimal.valueOf(65_536);

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16, 8, 4), List.of(1, 4, 16), List.of(4, 2, 1)),
            new TuningGrid(List.of(4), List.of(16, 32, 64, 128, 256), List.of(1, 2, 4)));

    private final String kernelSource;

    /** With the kernel of this folder. */
    public Scrypt() {
        this(FOLDER.kernel("scrypt.cl"));
    }

    /** With another kernel source, for tests of what a wrong one leads to. */
    Scrypt(String kernelSource) {
        this.kernelSource = kernelSource;
    }

    @Override
    public String name() {
        return "scrypt";
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.STRATUM;
    }

    @Override
    public int prefixLength() {
        return PREFIX_LENGTH;
    }

    @Override
    public int nonceBits() {
        return Integer.SIZE;
    }

    @Override
    public Digest digest(Header header, long nonce) {
        return Digest.of(hashOf(solved(header, nonce)));
    }

    /** The hash of a whole header of 80 bytes, most significant byte first. */
    public static byte[] hashOf(byte[] header) {
        if (header.length != HEADER_LENGTH) {
            throw new IllegalArgumentException("header of " + header.length + " bytes; it has " + HEADER_LENGTH);
        }
        byte[] digest = ScryptReference.hash(header);
        byte[] number = new byte[digest.length];
        for (int i = 0; i < digest.length; i++) {
            number[i] = digest[digest.length - 1 - i];
        }
        return number;
    }

    @Override
    public byte[] solved(Header work, long nonce) {
        byte[] prefix = work.prefix();
        if (prefix.length != PREFIX_LENGTH || nonce < 0 || nonce >= NONCES) {
            throw new IllegalArgumentException(
                    "prefix of " + prefix.length + " bytes with nonce " + nonce + "; it takes 76 bytes and 32 bits");
        }
        byte[] header = Arrays.copyOf(prefix, HEADER_LENGTH);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(PREFIX_LENGTH, (int) nonce);
        return header;
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : FOLDER.vectors().path("headers")) {
            byte[] header = HexFormat.of().parseHex(entry.path("header80").asText());
            int nonce = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(PREFIX_LENGTH);
            byte[] hash = HexFormat.of().parseHex(entry.path("pow_hash").asText());
            answers.add(new KnownAnswer(
                    entry.path("name").asText(),
                    Header.of(Arrays.copyOf(header, PREFIX_LENGTH)),
                    Integer.toUnsignedLong(nonce),
                    Digest.of(hash)));
        }
        return List.copyOf(answers);
    }

    @Override
    public Target targetOf(BigDecimal difficulty) {
        // what is easiest by the common count is so by this one, and may be too small for BigDecimal to divide
        Target common = Target.ofDifficulty(difficulty);
        return common.equals(Target.EASIEST) ? common : Target.ofDifficulty(difficulty.divide(DIFFICULTY_SCALE));
    }

    @Override
    public int provingWindow() {
        return PROVING_WINDOW;
    }

    /** A pad of 128 KiB, written once and read once. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.STREAM, 262_144);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        int width = Math.clamp(Integer.highestOneBit(integerVectorWidth), VECTOR_WIDTH_MIN, VECTOR_WIDTH_MAX);
        boolean vectorDevice = integerVectorWidth > 1;
        int group = vectorDevice ? 1 : Math.min(Integer.highestOneBit(workGroupSizeMax), 64);
        return new SearchTuning(width, group, vectorDevice ? CHAINS_MAX : 1, "");
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
        return new ScryptSearcher(context, kernelSource, tuning);
    }
}
