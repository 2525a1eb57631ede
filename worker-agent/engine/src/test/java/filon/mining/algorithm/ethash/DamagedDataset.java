package filon.mining.algorithm.ethash;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.dag.Dataset;
import filon.mining.algorithm.dag.DatasetForm;
import filon.mining.algorithm.dag.Datasets;
import filon.mining.algorithm.dag.LightCaches;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;

/** Ethash of reduced size on a device whose memory a test can damage. */
public final class DamagedDataset {
    private static final SearchTuning TUNING = new SearchTuning(8, 16, 1, "");
    private static final EpochRule RULE = EpochRule.REDUCED;

    private final Datasets datasets;
    private final Searcher searcher;

    public DamagedDataset(OpenClContext context) {
        Ethash.Sources sources = Ethash.Sources.ours();
        datasets =
                new Datasets(context, new LightCaches(), DatasetForm.beside(TUNING, sources.dataset(), Long.MAX_VALUE));
        searcher = new EthashSearcher(context, sources.dataset() + sources.search(), TUNING, RULE, datasets);
    }

    public static ProofOfWork algorithm() {
        return new Ethash().reduced();
    }

    public Searcher searcher() {
        return searcher;
    }

    /** Changes one byte of one page. */
    public void damage(int page) {
        Dataset dataset = datasets.readyFor(RULE.at(0));
        byte[] bytes = dataset.table().read(page);
        bytes[77] ^= 1;
        dataset.table().write(page, ByteBuffer.wrap(bytes));
    }

    /** @throws filon.mining.algorithm.DeviceWrongException if the page is not what it should be */
    public void requireRight(int page) {
        datasets.readyFor(RULE.at(0)).requireRight(page);
    }
}
