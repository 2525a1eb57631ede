package filon.provisioning.incident;

import filon.contracts.value.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The use cases of incidents; one is noted in the transaction of what it is a sign of. */
@ApplicationScoped
@Transactional
public class Incidents {
    private static final Logger LOG = Logger.getLogger(Incidents.class);
    private static final int SHOWN = 200;
    private final IncidentStore store;
    private final Clock clock;
    private final MeterRegistry metrics;

    Incidents(IncidentStore store, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @param detail for people: what was seen, with the values that did not fit */
    public void raise(IncidentKind kind, HostId host, String detail) {
        raise(kind, Optional.of(host), detail);
    }

    /** Of the platform as a whole. @param detail for people */
    public void raise(IncidentKind kind, String detail) {
        raise(kind, Optional.empty(), detail);
    }

    private void raise(IncidentKind kind, Optional<HostId> host, String detail) {
        LOG.warnf("incident %s at %s: %s", kind, host.map(id -> "host " + id).orElse("the platform"), detail);
        metrics.counter(
                        "filon.incidents",
                        "kind",
                        kind.name(),
                        "severity",
                        kind.severity().name())
                .increment();
        store.raise(UUID.randomUUID(), kind, host, detail, clock.instant());
    }

    /** The newest first. */
    public List<Incident> newest() {
        return store.newest(SHOWN);
    }

    /** Staff have seen it: the next of its kind opens a new one. */
    public Optional<Incident> acknowledge(UUID id, String by) {
        store.acknowledge(id, by, clock.instant());
        return store.find(id);
    }
}
