package filon.provisioning.placement;

import filon.provisioning.lease.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How many leases of one sort would fail together with a host: at its site, in its rack, on its power feed, on itself. */
record Neighbours(int site, int rack, int power, int host) implements Comparable<Neighbours> {
    private static final Neighbours NONE = new Neighbours(0, 0, 0, 0);

    /** A host with leases of the sort. */
    private record Occupied(Candidate candidate, int leases) {}

    /** Counts them for any host; hosts without such leases cost nothing. */
    record Census(List<Occupied> occupied) {
        static Census of(List<Candidate> candidates, Predicate<Tenant> sort) {
            List<Occupied> occupied = new ArrayList<>();
            for (Candidate candidate : candidates) {
                int leases = (int) candidate.tenants().stream().filter(sort).count();
                if (leases > 0) {
                    occupied.add(new Occupied(candidate, leases));
                }
            }
            return new Census(occupied);
        }

        Neighbours of(Candidate candidate) {
            Neighbours sum = NONE;
            for (Occupied each : occupied) {
                sum = sum.plus(candidate, each);
            }
            return sum;
        }
    }

    private Neighbours plus(Candidate here, Occupied there) {
        int leases = there.leases();
        return new Neighbours(
                site + (here.location().sharesSite(there.candidate().location()) ? leases : 0),
                rack + (here.location().sharesRack(there.candidate().location()) ? leases : 0),
                power + (here.location().sharesPower(there.candidate().location()) ? leases : 0),
                host + (here.host().id().equals(there.candidate().host().id()) ? leases : 0));
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
