package filon.mining.algorithm.kawpow;

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
import filon.mining.algorithm.dag.DatasetForm;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.algorithm.dag.Datasets;
import filon.mining.algorithm.dag.Epoch;
import filon.mining.algorithm.dag.LightCaches;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * KawPow, Ravencoin's member of the ProgPoW family: Keccak-f[800], 64 rounds of a program that is drawn anew every three
 * blocks over 16 lanes of 32 registers, each round with 256 bytes of a dataset, Keccak-f[800]. The header is the 32-byte hash
 * of a block header without its seal; the nonce has 64 bits.
 */
public final class Kawpow implements ProofOfWork {
    static final Folder FOLDER = new Folder(Kawpow.class);
    private static final int HEADER_HASH_LENGTH = 32;
    private static final int EPOCHS_KEPT = 2;
    /** Ravencoin gets there in 2047; the last light cache has 285 MB, the dataset 18 GB. */
    private static final int EPOCHS_MAX = 2_048;

    private static final TuningGrids GRIDS = new TuningGrids(
            new TuningGrid(List.of(16), List.of(1, 2, 4, 8, 16), List.of(1)),
            new TuningGrid(List.of(1), List.of(16, 32, 64, 128, 256), List.of(1)));

    private final ProgPowRules rules;
    private final DatasetKernels kernels;
    private final LightCaches caches = new LightCaches();
    private final Map<Epoch, ProgPowReference> references = new ConcurrentHashMap<>();

    static DatasetKernels kernels() {
        return DatasetKernels.of(FOLDER.kernel("kawpow.cl"));
    }

    /** With the kernel of this folder. */
    public Kawpow() {
        this(ProgPowRules.kawpow(), kernels());
    }

    /** With another kernel source too, for tests of what a wrong one leads to. */
    Kawpow(ProgPowRules rules, DatasetKernels kernels) {
        this.rules = rules;
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "kawpow";
    }

    @Override
    public PoolProtocol protocol() {
        return PoolProtocol.PROGPOW;
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
        RandomProgram program = RandomProgram.of(rules, rules.periodAt(header.height()));
        return reference(rules.epochAt(header.height())).digest(program, header.prefix(), nonce, _ -> {});
    }

    /** Remembers few epochs: a light cache behind each is tens of megabytes, hundreds if a pool wants it so. */
    private ProgPowReference reference(Epoch epoch) {
        ProgPowReference known = references.get(epoch);
        if (known != null) {
            return known;
        }
        if (references.size() >= EPOCHS_KEPT) {
            references.clear();
        }
        ProgPowReference made = ProgPowReference.of(rules, caches.of(epoch));
        references.put(epoch, made);
        return made;
    }

    /** Header hash, then the nonce, most significant byte first. */
    @Override
    public byte[] solved(Header header, long nonce) {
        return ByteBuffer.allocate(HEADER_HASH_LENGTH + Long.BYTES)
                .put(header.prefix())
                .putLong(nonce)
                .array();
    }

    /** Of reduced size there are none in public: their kernel is the one proved with the real ones. */
    @Override
    public List<KnownAnswer> knownAnswers() {
        if (rules.isReduced()) {
            return List.of();
        }
        List<KnownAnswer> answers = new ArrayList<>();
        for (JsonNode entry : FOLDER.vectors().path("hash")) {
            long height = entry.path("block").asLong();
            answers.add(new KnownAnswer(
                    "block " + height,
                    new Header(bytes(entry.path("header_hash")), height),
                    Long.parseUnsignedLong(entry.path("nonce").asText(), 16),
                    new Digest(bytes(entry.path("final_hash")), bytes(entry.path("mix_hash")))));
        }
        return List.copyOf(answers);
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }

    @Override
    public int provingWindow() {
        return 1;
    }

    @Override
    public ProofOfWork reduced() {
        return rules.isReduced() ? this : new Kawpow(rules.reduced(), kernels);
    }

    @Override
    public int heightMax() {
        return Math.toIntExact(EPOCHS_MAX * rules.epochLength() - 1);
    }

    /** 64 reads of 256 bytes. */
    @Override
    public Bound bound() {
        return new Bound(Bound.Kind.SCATTERED, 64 * 256);
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        if (integerVectorWidth == 1) {
            return new SearchTuning(1, Math.min(Integer.highestOneBit(workGroupSizeMax), 256), 1, "");
        }
        return new SearchTuning(16, 1, 1, "");
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

    /** With a dataset of which no piece is larger than so many bytes: at least 16 KiB, as the first piece holds the cache. */
    Searcher searcher(OpenClContext context, SearchTuning tuning, long pieceBytesMax) {
        return searcher(context, tuning, pieceBytesMax, other -> new Programs(builder(context, other)::build));
    }

    /** With programs that may be built on another thread than usual. */
    Searcher searcher(
            OpenClContext context, SearchTuning tuning, long pieceBytesMax, Function<SearchTuning, Programs> programs) {
        DatasetForm form = DatasetForm.beside(tuning, kernels.dataset(), pieceBytesMax);
        return new KawpowSearcher(context, tuning, rules, new Datasets(context, caches, form), programs);
    }

    ProgramBuilder builder(OpenClContext context, SearchTuning tuning) {
        return new ProgramBuilder(context, kernels.search(), tuning, rules);
    }
}
