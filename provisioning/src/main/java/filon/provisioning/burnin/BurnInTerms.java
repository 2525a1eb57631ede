package filon.provisioning.burnin;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator decided on burn-ins. */
@ApplicationScoped
public class BurnInTerms {
    private static final int SECONDS_MAX = 600;
    private final boolean required;
    private final int benchmarkSeconds;

    /** @throws IllegalArgumentException if a run of a measurement would take no time, or hours */
    BurnInTerms(
            @ConfigProperty(name = "filon.host.burn-in-required") boolean required,
            @ConfigProperty(name = "filon.burn-in.benchmark-seconds") int benchmarkSeconds) {
        if (benchmarkSeconds < 1 || benchmarkSeconds > SECONDS_MAX) {
            throw new IllegalArgumentException(
                    "filon.burn-in.benchmark-seconds of " + benchmarkSeconds + " is not within 1 to " + SECONDS_MAX);
        }
        this.required = required;
        this.benchmarkSeconds = benchmarkSeconds;
    }

    boolean isRequired() {
        return required;
    }

    int benchmarkSeconds() {
        return benchmarkSeconds;
    }
}
