package filon.billing.meter;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import java.util.Comparator;

/**
 * One lease and GPU says it solved a header at an instant. Of several that claim the same header the smallest has it, so the
 * order of their arrival does not matter.
 *
 * @param hash of the solved header, 64 hex digits
 */
public record Claim(String hash, LeaseId lease, GpuId gpu, long atMillis) implements Comparable<Claim> {
    /** How long before it was found a share proves that the device was at work. */
    public static final long WINDOW_MILLIS = 60_000;

    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::hash)
            .thenComparingLong(Claim::atMillis)
            .thenComparing(Claim::lease)
            .thenComparing(Claim::gpu);

    /** The milliseconds {@code (at - 60 000, at]}. */
    public Intervals window() {
        return Intervals.between(atMillis - WINDOW_MILLIS + 1, atMillis + 1);
    }

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
