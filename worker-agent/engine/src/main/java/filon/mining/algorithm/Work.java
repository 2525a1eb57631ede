package filon.mining.algorithm;

/**
 * What a device searches: a header for nonces whose hash is at or below the target.
 *
 * @param serial as an unsigned number: that of the job; it grows from job to job, {@link Searcher#giveUpBelow}
 */
public record Work(Header header, Target target, int serial) {
    private static final int NEVER_GIVEN_UP = -1;

    /** Work that is finished whatever jobs come. */
    public Work(Header header, Target target) {
        this(header, target, NEVER_GIVEN_UP);
    }
}
