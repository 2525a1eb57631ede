package filon.practice.book;

/** What the pool thinks of a share. */
public sealed interface Verdict {
    /** What was hashed for it. */
    Solution solution();

    /**
     * The share counts.
     *
     * @param late for a job that a newer block had made old, at pools that count such shares with a remark
     */
    record Accepted(Solution solution, boolean late) implements Verdict {}

    /** It does not. */
    record Refused(PoolError error, String why, Solution solution) implements Verdict {
        public Refused(PoolError error, String why) {
            this(error, why, Solution.NONE);
        }
    }
}
