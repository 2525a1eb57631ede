package filon.provisioning.lease;

import filon.contracts.address.AddressRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long hosts may go on without us, and which addresses beyond public ones their workloads may reach. */
@ApplicationScoped
public class LeaseTerms {
    static final Duration AUTHORISATION_MAX = Duration.ofHours(72);
    static final Duration AUTHORISATION_MIN = Duration.ofSeconds(30);
    /** Clocks differ: GPUs of a silent host stay blocked a little longer than its authorisation. */
    static final Duration CLOCK_MARGIN = Duration.ofSeconds(30);
    /** A host that obeyed a stop names each workload it has within this time. */
    static final Duration NAMED_WITHIN = Duration.ofSeconds(30);

    private final Duration authorisation;
    private final List<String> allowedAddresses;

    LeaseTerms(
            @ConfigProperty(name = "filon.lease.authorisation") Duration authorisation,
            @ConfigProperty(name = "filon.pools.allowed") Optional<List<String>> allowedAddresses) {
        if (authorisation != null
                && (authorisation.compareTo(AUTHORISATION_MIN) < 0 || authorisation.compareTo(AUTHORISATION_MAX) > 0)) {
            throw new IllegalArgumentException("filon.lease.authorisation of " + authorisation + " is not within "
                    + AUTHORISATION_MIN + " to " + AUTHORISATION_MAX);
        }
        this.authorisation = authorisation;
        this.allowedAddresses = allowedAddresses == null
                ? List.of()
                : allowedAddresses.orElse(List.of()).stream()
                        .map(String::strip)
                        .map(range -> AddressRange.of(range).text())
                        .toList();
    }

    Instant authorisedFrom(Instant now) {
        return now.plus(authorisation);
    }

    Instant renewFrom(Instant now) {
        return now.plus(authorisation.dividedBy(2));
    }

    List<String> allowedAddresses() {
        return allowedAddresses;
    }
}
