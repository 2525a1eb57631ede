package filon.provisioning.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What moves hosts without a person. */
public enum Automation {
    /** Quarantines hosts that did not get out of a state in its time. */
    DEADLINES,
    /** Degrades GPUs that hash too little. */
    SLOW_GPUS;

    /** The name that is stored and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Automation> named(String label) {
        return Arrays.stream(values())
                .filter(automation -> automation.label().equals(label))
                .findFirst();
    }
}
