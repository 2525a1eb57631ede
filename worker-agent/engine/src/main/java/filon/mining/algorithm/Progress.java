package filon.mining.algorithm;

/**
 * How far a searcher is in getting ready for a header.
 *
 * @param what is being done, for people: "dataset of epoch 3"
 * @param done of {@code total} steps of about equal length
 */
public record Progress(String what, long done, long total) {
    public static final Progress READY = new Progress("ready", 1, 1);

    public boolean isReady() {
        return done >= total;
    }

    /** In whole percent, rounded down. */
    public int percent() {
        return total == 0 ? 100 : (int) (100 * done / total);
    }
}
