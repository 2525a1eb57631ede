package filon.provisioning.safety;

import filon.provisioning.incident.IncidentKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What moves hosts without a person. */
public enum Automation {
    /** Quarantines hosts that did not get out of a state in its time. */
    DEADLINES(IncidentKind.DEADLINES_PAUSED),
    /** Degrades GPUs that hash too little. */
    SLOW_GPUS(IncidentKind.SLOW_GPUS_PAUSED);

    private final IncidentKind paused;

    Automation(IncidentKind paused) {
        this.paused = paused;
    }

    /** What its pause is raised as: one kind each, so that no pause hides another. */
    IncidentKind paused() {
        return paused;
    }

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
