package filon.api.console;

import java.util.Locale;
import java.util.Map;

/** How a state feels; colour only repeats what the state's name says. */
public enum Tone {
    GOOD,
    WAIT,
    WARN,
    BAD,
    OVER;

    private static final Map<String, Tone> TONES = Map.ofEntries(
            Map.entry("Active", GOOD),
            Map.entry("Available", GOOD),
            Map.entry("InService", GOOD),
            Map.entry("Reserved", GOOD),
            Map.entry("Requested", WAIT),
            Map.entry("Funded", WAIT),
            Map.entry("Placed", WAIT),
            Map.entry("Relocating", WAIT),
            Map.entry("Ending", WAIT),
            Map.entry("Enrolled", WAIT),
            Map.entry("Verifying", WAIT),
            Map.entry("Inspecting", WAIT),
            Map.entry("BurningIn", WAIT),
            Map.entry("Draining", WAIT),
            Map.entry("Maintenance", WARN),
            Map.entry("Degraded", WARN),
            Map.entry("Paused", WARN),
            Map.entry("Suspended", WARN),
            Map.entry("Rejected", BAD),
            Map.entry("Failed", BAD),
            Map.entry("Quarantined", BAD),
            Map.entry("Ended", OVER),
            Map.entry("Retired", OVER));

    /** A state nobody told us of asks for attention. */
    public static Tone of(String state) {
        return TONES.getOrDefault(state, WARN);
    }

    /** The name of its style. */
    public String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
