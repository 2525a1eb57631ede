package filon.provisioning.placement;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.Sku;
import filon.provisioning.placement.Ranked.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which host takes an order: a pure function of the order, the hosts and the operator's policy.
 *
 * <p>All GPUs of an order come from one host. Of the hosts that can, these are preferred, in this order: no known maintenance soon; no
 * degraded devices; few leases of the same anti-affinity at its site, in its rack, on its power feed, on itself; few leases of the same
 * customer there; few GPUs left over, so that large orders still find a place; the lower id.
 */
public sealed interface Placement {
    int REASONS_MAX = 20;

    /**
     * @param version of the host when it was looked at; a host that has changed since is no choice any more
     * @param refusals why other hosts could not be chosen
     */
    record Chosen(HostId host, long version, List<GpuId> gpus, List<String> refusals) implements Placement {
        public Chosen {
            gpus = List.copyOf(gpus);
            refusals = List.copyOf(refusals);
        }
    }

    /** One reason per host, of at most {@link #REASONS_MAX} hosts, or a single general one; the same situation gives the same words. */
    record Refused(List<String> reasons) implements Placement {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    static Placement decide(Request request, List<Candidate> candidates, PlacementPolicy policy) {
        Sku offer = request.order().offer();
        Optional<DeviceKind> kind = kindOf(offer);
        if (kind.isEmpty()) {
            return new Refused(List.of("offer " + offer + " names no kind of device that is known here"));
        }
        if (candidates.isEmpty()) {
            return new Refused(List.of("no host is enrolled"));
        }
        Spares spares = request.isReplacement() ? Spares.none(kind.get()) : Spares.of(candidates, kind.get(), policy);
        Objections objections = new Objections(request.order(), kind.get(), spares);
        List<Objection> against = new ArrayList<>();
        List<Candidate> able = new ArrayList<>();
        for (Candidate candidate : candidates) {
            objections.against(candidate).ifPresentOrElse(against::add, () -> able.add(candidate));
        }
        return able.isEmpty()
                ? new Refused(Objection.told(against))
                : best(new Ranking(request, candidates, policy), able, objections)
                        .chosen(Objection.told(against));
    }

    /** What an offer sells; empty for an offer that is not known here. */
    static Optional<DeviceKind> kindOf(Sku offer) {
        return switch (offer.sku()) {
            case "opencl-cpu" -> Optional.of(DeviceKind.CPU);
            case "opencl-gpu" -> Optional.of(DeviceKind.GPU);
            default -> Optional.empty();
        };
    }

    private static Ranked best(Ranking ranking, List<Candidate> able, Objections objections) {
        return able.stream()
                .map(candidate -> ranking.rank(candidate, objections.fitting(candidate)))
                .min(Ranked.BEST_FIRST)
                .orElseThrow();
    }
}
