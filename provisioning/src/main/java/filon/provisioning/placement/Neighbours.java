package filon.provisioning.placement;

import filon.contracts.value.HostId;
import filon.provisioning.lease.Tenant;
import filon.provisioning.location.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How many leases of one sort would fail together with a host: at its site, in its rack, on its power feed, on itself. */
record Neighbours(int site, int rack, int power, int host) implements Comparable<Neighbours> {

    /** What fails as one. Racks and feeds that nobody named are one per site: they may be the same. */
    private sealed interface Domain {
        record Site(String site) implements Domain {}

        record Rack(String site, String rack) implements Domain {}

        record Feed(String site, String power) implements Domain {}

        record Machine(HostId host) implements Domain {}
    }

    /** Counts them once for all hosts, so that asking for one is cheap. */
    static final class Census {
        private final Map<Domain, Integer> leases = new HashMap<>();

        static Census of(List<Candidate> candidates, Predicate<Tenant> sort) {
            Census census = new Census();
            for (Candidate candidate : candidates) {
                int count = (int) candidate.tenants().stream().filter(sort).count();
                if (count > 0) {
                    census.add(candidate, count);
                }
            }
            return census;
        }

        private void add(Candidate candidate, int count) {
            Location location = candidate.location();
            leases.merge(new Domain.Site(location.site()), count, Integer::sum);
            leases.merge(new Domain.Rack(location.site(), location.rack()), count, Integer::sum);
            leases.merge(new Domain.Feed(location.site(), location.power()), count, Integer::sum);
            leases.merge(new Domain.Machine(candidate.host().id()), count, Integer::sum);
        }

        Neighbours of(Candidate candidate) {
            Location location = candidate.location();
            return new Neighbours(
                    count(new Domain.Site(location.site())),
                    count(new Domain.Rack(location.site(), location.rack())),
                    count(new Domain.Feed(location.site(), location.power())),
                    count(new Domain.Machine(candidate.host().id())));
        }

        private int count(Domain domain) {
            return leases.getOrDefault(domain, 0);
        }
    }

    /** Without the host itself: for what is spread, but may share a host. */
    Neighbours aroundTheHost() {
        return new Neighbours(site, rack, power, 0);
    }

    /** The larger what fails together, the more it counts. */
    @Override
    public int compareTo(Neighbours other) {
        if (site != other.site) {
            return Integer.compare(site, other.site);
        }
        if (rack != other.rack) {
            return Integer.compare(rack, other.rack);
        }
        return power == other.power ? Integer.compare(host, other.host) : Integer.compare(power, other.power);
    }
}
