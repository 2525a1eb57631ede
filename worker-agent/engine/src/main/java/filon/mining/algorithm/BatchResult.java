package filon.mining.algorithm;

import java.util.List;

/**
 * What one batch found.
 *
 * @param range what was searched, all of it
 * @param nonces those whose hash meets the target according to the device, in no order
 * @param lost hits that the device counted and had no room to report
 * @param deviceNanos how long the kernel ran by the device's own clock
 */
public record BatchResult(NonceRange range, List<Long> nonces, long lost, long deviceNanos) {
    public BatchResult {
        nonces = List.copyOf(nonces);
    }
}
