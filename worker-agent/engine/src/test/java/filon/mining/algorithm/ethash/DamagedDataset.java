package filon.mining.algorithm.ethash;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.dag.Dataset;
import filon.mining.algorithm.dag.DatasetForm;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.algorithm.dag.Datasets;
import filon.mining.algorithm.dag.LightCaches;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;

/** Ethash of reduced size, if not said otherwise, on a device whose memory a test can damage. */
public final class DamagedDataset {
    private static final SearchTuning TUNING = new SearchTuning(8, 16, 1, "");

    private final EpochRule rule;
    private final Datasets datasets;
    private final Searcher searcher;

    public DamagedDataset(OpenClContext context) {
        this(context, EpochRule.REDUCED);
    }

    private DamagedDataset(OpenClContext context, EpochRule rule) {
        this.rule = rule;
        DatasetKernels kernels = Ethash.kernels();
        datasets =
                new Datasets(context, new LightCaches(), DatasetForm.beside(TUNING, kernels.dataset(), Long.MAX_VALUE));
        searcher = new EthashSearcher(context, kernels.search(), TUNING, rule, datasets);
    }

    /** The same with a gigabyte. */
    public static DamagedDataset ofEpochZero(OpenClContext context) {
        return new DamagedDataset(context, EpochRule.ETHASH);
    }

    public static ProofOfWork algorithm() {
        return new Ethash().reduced();
    }

    public Searcher searcher() {
        return searcher;
    }

    /** Changes one byte of one page. */
    public void damage(int page) {
        Dataset dataset = datasets.readyFor(rule.at(0));
        byte[] bytes = dataset.table().read(page);
        bytes[77] ^= 1;
        dataset.table().write(page, ByteBuffer.wrap(bytes));
    }

    /** @throws filon.mining.algorithm.DeviceWrongException if the page is not what it should be */
    public void requireRight(int page) {
        datasets.readyFor(rule.at(0)).requireRight(page);
    }
}
