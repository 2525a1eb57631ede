package filon.billing.hold;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** For how long money is reserved, and how far ahead it must reach. */
@ApplicationScoped
public class HoldTimes {
    private final long holdSeconds;
    private final long sliceSeconds;
    private final long aheadSeconds;

    /** @throws IllegalArgumentException if a hold would be shorter than the least one */
    HoldTimes(
            @ConfigProperty(name = "filon.hold.duration", defaultValue = "PT1H") Duration hold,
            @ConfigProperty(name = "filon.hold.minimum", defaultValue = "PT1M") Duration minimum,
            @ConfigProperty(name = "filon.rating.interval", defaultValue = "PT2S") Duration interval) {
        if (minimum.toSeconds() < 1 || hold.compareTo(minimum) < 0) {
            throw new IllegalArgumentException(
                    "filon.hold.duration of " + hold + " is below filon.hold.minimum of " + minimum);
        }
        this.holdSeconds = hold.toSeconds();
        this.sliceSeconds = minimum.toSeconds();
        this.aheadSeconds = Math.max(1, interval.plusMillis(999).toSeconds());
    }

    /** A full hold. */
    public long holdSeconds() {
        return holdSeconds;
    }

    /** A hold is refilled when so much is missing: a ledger entry a minute, not one with every charge. */
    public long sliceSeconds() {
        return sliceSeconds;
    }

    /** The next charge: what hold and wallet must be able to pay, or the balance is spent. */
    public long aheadSeconds() {
        return aheadSeconds;
    }
}
