package filon.provisioning.lease;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether and by when hosts say that nothing of a lease is left on its GPUs. */
@ApplicationScoped
public class WipeTerms {
    /** Twice what an agent gives a wipe, so that there is a reason and not silence. */
    static final Duration WITHIN = Duration.ofMinutes(10);

    private final boolean required;

    WipeTerms(@ConfigProperty(name = "filon.host.wipe-required") boolean required) {
        this.required = required;
    }

    boolean isRequired() {
        return required;
    }

    Instant by(Instant ended) {
        return ended.plus(WITHIN);
    }
}
