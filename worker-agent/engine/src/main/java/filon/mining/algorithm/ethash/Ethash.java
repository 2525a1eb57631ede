package filon.mining.algorithm.ethash;

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
import filon.mining.algorithm.SeededEpochs;
import filon.mining.algorithm.TuningGrid;
import filon.mining.algorithm.TuningGrids;
import filon.mining.algorithm.dag.DatasetForm;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.algorithm.dag.Datasets;
import filon.mining.algorithm.dag.LightCache;
import filon.mining.algorithm.dag.LightCaches;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Ethash (Ethereum yellow paper, appendix J): Keccak, 64 reads of 128 bytes at random places of a dataset of 1 GiB and more
 * that is made anew each epoch, Keccak. The header is the 32-byte hash of a block header without its seal; the nonce has 64
 * bits.
 */
public class Ethash implements ProofOfWork, SeededEpochs {
    static final Folder FOLDER = new Folder(Ethash.class);
    private static final int HEADER_HASH_LENGTH = 32;
    /** Enough reads in flight to keep a core's path to memory full. */
    private static final int HASHES_PER_ITEM_OF_CPU = 64;

    private static final int ITEMS_OF_CPU = 4;

    /** What counts is width x items; a width of 8 would build the same once more. */
    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16), List.of(1, 4, 16), List.of(1, 2, 4, 8)),
            new TuningGrid(List.of(1), List.of(16, 32, 64, 128, 256), List.of(1)));

    private final String name;
    private final EpochRule rule;
    private final DatasetKernels kernels;
    private final LightCaches caches = new LightCaches();

    static DatasetKernels kernels() {
        return DatasetKernels.of(FOLDER.kernel("ethash.cl"));
    }

    /** With the kernel of this folder and the epochs of Ethereum. */
    public Ethash() {
        this("ethash", EpochRule.ETHASH, kernels());
    }

    /** With another kernel source too, for tests of what a wrong one leads to. */
    Ethash(String name, EpochRule rule, DatasetKernels kernels) {
        this.name = name;
        this.rule = rule;
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.ETHEREUM;
    }

    @Override
    public int prefixLength() {
        return HEADER_HASH_LENGTH;
    }

    @Override
    public int nonceBits() {
        return Long.SIZE;
    }

    @Override
    public Digest digest(Header header, long nonce) {
        return Hashimoto.digest(cache(header), header.prefix(), nonce, _ -> {});
    }

    private LightCache cache(Header header) {
        return caches.of(rule.at(header.height()));
    }

    /** Header hash, then the nonce, most significant byte first. */
    @Override
    public byte[] solved(Header header, long nonce) {
        return ByteBuffer.allocate(HEADER_HASH_LENGTH + Long.BYTES)
                .put(header.prefix())
                .putLong(nonce)
                .array();
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        JsonNode vectors = FOLDER.vectors();
        return switch (rule) {
            case ETHASH -> blocks(vectors.path("hash"), "block");
            case ETCHASH -> blocks(vectors.path("etchash_blocks"), "number");
            case REDUCED -> List.of(answer("dataset of 32 KiB", 0, vectors.at("/small_parameters/hashimoto")));
        };
    }

    private static List<KnownAnswer> blocks(JsonNode entries, String heightField) {
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : entries) {
            long height = entry.path(heightField).asLong();
            answers.add(answer("block " + height, height, entry));
        }
        return List.copyOf(answers);
    }

    private static KnownAnswer answer(String name, long height, JsonNode entry) {
        JsonNode hash = entry.has("seal_header_hash") ? entry.path("seal_header_hash") : entry.path("header_hash");
        return new KnownAnswer(
                name,
                new Header(bytes(hash), height),
                Long.parseUnsignedLong(entry.path("nonce").asText(), 16),
                new Digest(bytes(entry.path("final_hash")), bytes(entry.path("mix_hash"))));
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }

    @Override
    public long heightOf(byte[] seed) {
        OptionalInt rounds = Seeds.roundsOf(seed);
        if (rounds.isEmpty() || !rule.isSeeded(rounds.getAsInt())) {
            throw new IllegalArgumentException("seed " + HexFormat.of().formatHex(seed)
                    + " is of none of the first epochs of " + name + ", of which " + EPOCHS_MAX + " are looked at");
        }
        return EpochRule.heightOf(rounds.getAsInt());
    }

    @Override
    public boolean isIn(long epoch, long height) {
        return height >= 0 && height < EpochRule.heightOf(EPOCHS_MAX) && rule.isIn(epoch, height);
    }

    @Override
    public int provingWindow() {
        return 1;
    }

    @Override
    public ProofOfWork reduced() {
        return rule == EpochRule.REDUCED ? this : new Ethash(name, EpochRule.REDUCED, kernels);
    }

    /** 64 reads of 128 bytes. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.SCATTERED, 64 * 128);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        if (integerVectorWidth == 1) {
            return new SearchTuning(1, Math.min(Integer.highestOneBit(workGroupSizeMax), 128), 1, "");
        }
        return new SearchTuning(HASHES_PER_ITEM_OF_CPU / ITEMS_OF_CPU, 1, ITEMS_OF_CPU, "");
    }

    @Override
    public TuningGrids tuningGrids() {
        return GRIDS;
    }

    @Override
    public String kernelText() {
        return kernels.search();
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return searcher(context, tuning, context.description().allocationBytesMax());
    }

    /** With a dataset of which no piece is larger than so many bytes. */
    Searcher searcher(OpenClContext context, SearchTuning tuning, long pieceBytesMax) {
        DatasetForm form = DatasetForm.beside(tuning, kernels.dataset(), pieceBytesMax);
        return new EthashSearcher(context, kernels.search(), tuning, rule, new Datasets(context, caches, form));
    }
}
