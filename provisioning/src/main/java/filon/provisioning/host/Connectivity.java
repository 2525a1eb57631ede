package filon.provisioning.host;

import java.time.Duration;
import java.time.Instant;

/** How lately a host was heard; apart from its state, because silence is not death. */
public enum Connectivity {
    ONLINE,
    STALE,
    OFFLINE,
    NEVER_HEARD;

    public static final Duration STALE_AFTER = Duration.ofSeconds(20);
    public static final Duration OFFLINE_AFTER = Duration.ofSeconds(60);

    /** @param lastReport when the host said it was there, by its own clock but never later than ours */
    public static Connectivity at(Instant lastReport, Instant now) {
        Duration silent = Duration.between(lastReport, now);
        if (silent.compareTo(OFFLINE_AFTER) > 0) {
            return OFFLINE;
        }
        return silent.compareTo(STALE_AFTER) > 0 ? STALE : ONLINE;
    }
}
