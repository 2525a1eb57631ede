package filon.mining.algorithm;

import java.util.List;

/**
 * What one batch found.
 *
 * @param range what was searched, but for what was left out
 * @param nonces those whose hash meets the target according to the device, in no order
 * @param lost hits that the device counted and had no room to report
 * @param leftOut nonces not tried because the work was given up; which of the range they are is not known
 * @param waitedNanos how long it was queued until its kernel began, by the device's own clock
 * @param deviceNanos how long the kernel ran by the device's own clock
 */
public record BatchResult(
        NonceRange range, List<Long> nonces, long lost, long leftOut, long waitedNanos, long deviceNanos) {
    public BatchResult {
        nonces = List.copyOf(nonces);
    }

    /** How many nonces were tried. */
    public long tried() {
        return range.count() - leftOut;
    }
}
