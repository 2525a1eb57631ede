package filon.provisioning.placement;

import java.time.Duration;

/**
 * What the operator wants of placement.
 *
 * @param sparesPercent how much of what a site has of a kind is kept back from new rentals, so that others find a place when their
 *     host fails; rounded up to whole devices
 * @param undisturbed how long a rental should run before a maintenance that is known already
 */
public record PlacementPolicy(int sparesPercent, Duration undisturbed) {
    public PlacementPolicy {
        if (sparesPercent < 0 || sparesPercent > 100) {
            throw new IllegalArgumentException("spares of " + sparesPercent + " % are not within 0 to 100 %");
        }
        if (undisturbed.isNegative()) {
            throw new IllegalArgumentException("an undisturbed time of " + undisturbed + " is negative");
        }
    }

    /** @param usable devices of a kind at a site, free or leased */
    int spares(int usable) {
        return Math.ceilDiv(usable * sparesPercent, 100);
    }
}
