package filon.mining.algorithm.dag;

/** The texts of the kernels that make a dataset, and that search with it. */
public record DatasetKernels(String dataset, String search) {
    /** With our own text for datasets. */
    public static DatasetKernels of(String search) {
        return new DatasetKernels(DatasetForm.text(), search);
    }

    /** For tests of what a wrong text leads to. */
    public boolean contain(String text) {
        return dataset.contains(text) || search.contains(text);
    }

    public DatasetKernels replaced(String right, String wrong) {
        return new DatasetKernels(dataset.replace(right, wrong), search.replace(right, wrong));
    }
}
