package filon.mining.workload;

import java.time.Instant;
import java.util.Objects;

/** Until when a workload may mine. Past it, the process ends by itself whatever the agent does. */
public record Authorisation(Instant authorisedUntil) {
    public Authorisation {
        Objects.requireNonNull(authorisedUntil, "an authorisation needs authorisedUntil");
    }
}
