package filon.provisioning.location;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.provisioning.host.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The use cases of locations. */
@ApplicationScoped
@Transactional
public class Locations {
    private final LocationStore store;
    private final Hosts hosts;
    private final Clock clock;

    Locations(LocationStore store, Hosts hosts, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.clock = clock;
    }

    public Optional<Location> find(HostId host) {
        return store.find(host);
    }

    public Map<HostId, Location> all() {
        return store.all();
    }

    /**
     * Notes where a host stands, and who said so.
     *
     * @param rack null = not known
     * @param power null = not known
     * @throws ProblemException if there is no such host
     */
    public Location put(HostId host, String rack, String power, String by) {
        Location before = store.find(host)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no host " + host)));
        Location location = new Location(before.site(), rack, power);
        store.put(host, location, by, clock.instant());
        hosts.note(host, "Location", location + " (" + by + "); before: " + before);
        return location;
    }
}
