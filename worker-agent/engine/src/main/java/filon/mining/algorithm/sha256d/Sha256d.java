package filon.mining.algorithm.sha256d;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of the SHA-256 of an 80-byte header whose last four bytes are the nonce, little-endian.
 *
 * <p>The reference uses the JDK's SHA-256, so that it shares no line with the kernel's host code.
 */
public final class Sha256d implements ProofOfWork {
    static final Folder FOLDER = new Folder(Sha256d.class);
    static final long NONCES = 1L << 32;
    private static final int HEADER_LENGTH = 80;
    private static final int PREFIX_LENGTH = 76;
    private static final int VECTOR_WIDTH_MAX = 16;

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16, 8, 4), List.of(16, 32, 64, 128, 256), List.of(64, 16, 4, 1)),
            new TuningGrid(List.of(1, 2), List.of(16, 32, 64, 128, 256), List.of(1, 2, 4, 8)));

    private final String kernelSource;

    /** With the kernel of this folder. */
    public Sha256d() {
        this(FOLDER.kernel("sha256d.cl"));
    }

    /** With another kernel source, for tests of what a wrong one leads to. */
    Sha256d(String kernelSource) {
        this.kernelSource = kernelSource;
    }

    @Override
    public String name() {
        return "sha256d";
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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(digest.digest(header));
            for (int i = 0; i < hash.length / 2; i++) {
                byte kept = hash[i];
                hash[i] = hash[hash.length - 1 - i];
                hash[hash.length - 1 - i] = kept;
            }
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public byte[] solved(Header work, long nonce) {
        byte[] prefix = work.prefix();
        if (prefix.length != PREFIX_LENGTH || nonce < 0 || nonce >= NONCES) {
            throw new IllegalArgumentException(
                    "prefix of " + prefix.length + " bytes with nonce " + nonce + "; it takes 76 bytes and 32 bits");
        }
        byte[] header = Arrays.copyOf(prefix, HEADER_LENGTH);
        for (int i = 0; i < 4; i++) {
            header[PREFIX_LENGTH + i] = (byte) (nonce >>> (8 * i));
        }
        return header;
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode header : FOLDER.vectors().path("headers")) {
            byte[] prefix = HexFormat.of().parseHex(header.path("header80").asText(), 0, 2 * PREFIX_LENGTH);
            byte[] hash = HexFormat.of().parseHex(header.path("hash").asText());
            answers.add(new KnownAnswer(
                    header.path("name").asText(),
                    Header.of(prefix),
                    header.path("nonce").asLong(),
                    Digest.of(hash)));
        }
        return List.copyOf(answers);
    }

    /** 122 rounds of 19 operations, 93 schedule words of 11, less what the host does. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.INTEGER, 3_000);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        int width = Math.min(VECTOR_WIDTH_MAX, Integer.highestOneBit(integerVectorWidth));
        boolean vectorDevice = width > 1;
        int group = Math.min(Integer.highestOneBit(workGroupSizeMax), vectorDevice ? 16 : 256);
        return new SearchTuning(width, group, vectorDevice ? 64 : 1, "");
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
        return new Sha256dSearcher(context, kernelSource, tuning);
    }
}
