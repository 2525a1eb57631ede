package filon.mining.algorithm.dag;

import filon.mining.algorithm.Folder;
import filon.mining.algorithm.SearchTuning;

/**
 * How a dataset is made on one device. Never changes what is in it.
 *
 * @param source the text of {@code dag.cl}
 * @param itemsPerWorkItem 1, or a multiple of 8 up to 128
 * @param groupSize work-items per group
 * @param compilerOptions added to the build options
 * @param pieceBytesMax no piece of the table is larger
 */
public record DatasetForm(
        String source, int itemsPerWorkItem, int groupSize, String compilerOptions, long pieceBytesMax) {
    private static final Folder FOLDER = new Folder(DatasetForm.class);
    private static final int ITEMS_OF_CPU = 64;
    private static final int GROUP_OF_GPU = 128;

    /** The text that kernels which read datasets begin with, and that makes them. */
    public static String text() {
        return FOLDER.kernel("dag.cl");
    }

    /** The usual one beside a search of this tuning: many items in turns on CPUs, one per work-item on GPUs. */
    public static DatasetForm beside(SearchTuning tuning, String source, long pieceBytesMax) {
        boolean isVectors = tuning.vectorWidth() > 1;
        return new DatasetForm(
                source,
                isVectors ? ITEMS_OF_CPU : 1,
                isVectors ? 1 : Math.min(tuning.workGroupSize(), GROUP_OF_GPU),
                tuning.compilerOptions(),
                pieceBytesMax);
    }
}
