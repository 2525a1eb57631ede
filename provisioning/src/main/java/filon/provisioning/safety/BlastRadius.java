package filon.provisioning.safety;

import java.time.Duration;
import java.util.Optional;

/**
 * How many hosts one automation may act on within ten minutes.
 *
 * @param sharePercent of the fleet, 1 to 100
 */
public record BlastRadius(int sharePercent) {
    public static final Duration WINDOW = Duration.ofMinutes(10);
    /** In a small fleet a share is less than a host. */
    public static final int ALWAYS = 3;

    public BlastRadius {
        if (sharePercent < 1 || sharePercent > 100) {
            throw new IllegalArgumentException(
                    "filon.automation.share-percent " + sharePercent + " is not within 1 to 100");
        }
    }

    public int hostsMax(int fleet) {
        return Math.max(ALWAYS, fleet * sharePercent / 100);
    }

    /**
     * @param fleet how many hosts are in operation, those included that it has just acted on
     * @param hosts how many it would have acted on within the window, with the one it wants to act on
     * @return why it must not; empty where it may
     */
    public Optional<String> objection(int fleet, int hosts) {
        int most = hostsMax(fleet);
        return hosts <= most
                ? Optional.empty()
                : Optional.of("it would have acted on " + hosts + " hosts within " + WINDOW.toMinutes()
                        + " minutes; of " + fleet + " hosts at most " + most + " are allowed (" + sharePercent
                        + " %, never fewer than " + ALWAYS + "): a person has to release it");
    }
}
