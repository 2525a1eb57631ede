package filon.api.fleet;

import filon.contracts.message.FleetReport;
import filon.contracts.message.FleetReport.BurnInReported;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.TelemetrySample;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The read model of hosts: what provisioning decided of them, and what they say of themselves. */
@ApplicationScoped
@Transactional
public class Fleet {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final FleetStore store;
    private final Clock clock;

    Fleet(FleetStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public List<Host> hosts() {
        return store.hosts(freshFrom());
    }

    /** How many devices of a kind could be rented now. */
    public int free(DeviceKind kind) {
        return store.free(kind, Host.IN_USE);
    }

    /** What the devices of a kind that could be rented now were measured to hash; what none was measured with is absent. */
    public List<MeasuredRate> rates(DeviceKind kind) {
        return store.rates(kind, Host.IN_USE);
    }

    /** What is heard of each GPU that works or worked for these rentals; those that never had one are absent. */
    public Map<RentalId, List<Reading>> readings(Collection<RentalId> rentals) {
        return store.readings(rentals, freshFrom());
    }

    public void know(HostKnown host) {
        store.know(host);
    }

    public void grant(Granted granted) {
        store.grant(granted);
    }

    /** @return whether it came from a known host */
    public boolean hear(FleetReport report) {
        return switch (report) {
            case HostReported host -> store.hear(host, clock.instant());
            case WorkloadReported work -> store.hear(work, clock.instant());
            // provisioning judges it, and tells of what was measured
            case BurnInReported _, WipeReported _ -> true;
        };
    }

    /** @return whether it came from a known host */
    public boolean hear(TelemetrySample sample) {
        return store.hear(sample, clock.instant());
    }

    private Instant freshFrom() {
        return clock.instant().minus(FRESH);
    }
}
