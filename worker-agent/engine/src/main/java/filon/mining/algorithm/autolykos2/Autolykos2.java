package filon.mining.algorithm.autolykos2;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Autolykos v2, Ergo's: BLAKE2b, 33 reads of 32 bytes at random places of a table of 2 GiB and more that is made anew at each
 * height, a sum, BLAKE2b. The header is the 32-byte message that a block's header without its solution hashes to; the nonce has
 * 64 bits. Ergo wants the hash below its bound b, so b - 1 is our target.
 */
public final class Autolykos2 implements ProofOfWork {
    static final Folder FOLDER = new Folder(Autolykos2.class);
    private static final int MESSAGE_LENGTH = 32;

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(8), List.of(1, 4, 16), List.of(4, 8, 2, 1)),
            new TuningGrid(List.of(1), List.of(16, 32, 64, 128, 256), List.of(1)));

    private final TableSize size;
    private final String kernelSource;

    /** With the kernel of this folder and Ergo's tables. */
    public Autolykos2() {
        this(TableSize.ERGO, FOLDER.kernel("autolykos2.cl"));
    }

    /** With another kernel source too, for tests of what a wrong one leads to. */
    Autolykos2(TableSize size, String kernelSource) {
        this.size = size;
        this.kernelSource = kernelSource;
    }

    @Override
    public String name() {
        return "autolykos2";
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.ERGO;
    }

    @Override
    public int prefixLength() {
        return MESSAGE_LENGTH;
    }

    @Override
    public int nonceBits() {
        return Long.SIZE;
    }

    @Override
    public Digest digest(Header header, long nonce) {
        AutolykosReference reference = new AutolykosReference(header.height(), size.at(header.height()));
        return Digest.of(reference.hit(header.prefix(), nonce, _ -> {}));
    }

    /** Message, height in four bytes, nonce in eight, most significant bytes first. */
    @Override
    public byte[] solved(Header header, long nonce) {
        return ByteBuffer.allocate(MESSAGE_LENGTH + Integer.BYTES + Long.BYTES)
                .put(header.prefix())
                .putInt((int) header.height())
                .putLong(nonce)
                .array();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        JsonNode entries = FOLDER.vectors().path(size == TableSize.REDUCED ? "reduced" : "solutions");
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : entries) {
            long height = entry.path("height").asLong();
            answers.add(new KnownAnswer(
                    "height " + height,
                    new Header(HexFormat.of().parseHex(entry.path("msg").asText()), height),
                    Long.parseUnsignedLong(entry.path("nonce").asText(), 16),
                    Digest.of(HexFormat.of().parseHex(entry.path("hit").asText()))));
        }
        return List.copyOf(answers);
    }

    @Override
    public int provingWindow() {
        return 1;
    }

    @Override
    public ProofOfWork reduced() {
        return size == TableSize.REDUCED ? this : new Autolykos2(TableSize.REDUCED, kernelSource);
    }

    /** 33 reads of 32 bytes, of a line of 64 each. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.SCATTERED, 33 * 64);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        if (integerVectorWidth == 1) {
            return new SearchTuning(1, Math.min(Integer.highestOneBit(workGroupSizeMax), 128), 1, "");
        }
        return new SearchTuning(8, 1, 4, "");
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
        return searcher(context, tuning, context.description().allocationBytesMax());
    }

    /** With a table of which no piece is larger than so many bytes. */
    Searcher searcher(OpenClContext context, SearchTuning tuning, long pieceBytesMax) {
        return new AutolykosSearcher(context, kernelSource, tuning, size, pieceBytesMax);
    }
}
