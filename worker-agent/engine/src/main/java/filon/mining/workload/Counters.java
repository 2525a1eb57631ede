package filon.mining.workload;

/**
 * What a directory's processes have done together; only ever grows.
 *
 * @param stale shares the pool called stale, and those withdrawn before they were sent
 * @param unanswered shares whose fate is not known
 * @param hardwareErrors hits that the CPU found wrong and that were not submitted
 */
public record Counters(long hashes, long accepted, long rejected, long stale, long unanswered, long hardwareErrors) {
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0);
}
