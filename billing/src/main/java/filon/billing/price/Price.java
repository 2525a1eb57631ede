package filon.billing.price;

import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import java.time.Instant;

/** One version of an offer's price; it never changes. Half-open: valid from its instant until the next version's. */
public record Price(Sku offer, int version, MicroEuro perGpuHour, Instant validFrom) {
    public static final MicroEuro PER_GPU_HOUR_MAX = MicroEuro.of(1_000_000_000_000L);

    public Price {
        if (version < 1) {
            throw new IllegalArgumentException("price version " + version + " of " + offer + " is below 1");
        }
        if (!perGpuHour.isPositive() || perGpuHour.compareTo(PER_GPU_HOUR_MAX) > 0) {
            throw new IllegalArgumentException("price of " + perGpuHour + " per GPU-hour for " + offer
                    + " is not above zero and at most " + PER_GPU_HOUR_MAX);
        }
    }
}
