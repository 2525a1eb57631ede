package filon.provisioning.placement;

import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.placement.Candidate.Device;
import filon.provisioning.placement.Neighbours.Census;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A host that can take an order, and what speaks against taking it rather than another.
 *
 * @param disturbed a known maintenance comes too soon
 * @param degraded how many of the devices work less well than they should
 * @param alike leases of the customer with the same anti-affinity that would fail with it
 * @param sameCustomer leases of the customer that would fail with it
 * @param leftOver devices that the order could have had, too
 */
record Ranked(
        Candidate candidate,
        List<GpuId> gpus,
        boolean disturbed,
        long degraded,
        Neighbours alike,
        Neighbours sameCustomer,
        int leftOver) {
    static final Comparator<Ranked> BEST_FIRST = Comparator.comparing(Ranked::disturbed)
            .thenComparing(Ranked::degraded)
            .thenComparing(Ranked::alike)
            .thenComparing(Ranked::sameCustomer)
            .thenComparing(Ranked::leftOver)
            .thenComparing(ranked -> ranked.candidate().host().id());

    /** What is the same for all hosts of one decision. */
    static final class Ranking {
        private final int wanted;
        private final Duration undisturbed;
        private final Census alike;
        private final Census sameCustomer;

        Ranking(Request request, List<Candidate> candidates, PlacementPolicy policy) {
            CustomerId customer = request.order().customerId();
            String antiAffinity = request.order().antiAffinity();
            wanted = request.order().gpuCount();
            undisturbed = policy.undisturbed();
            sameCustomer = Census.of(candidates, tenant -> tenant.customer().equals(customer));
            alike = Census.of(
                    candidates,
                    tenant -> tenant.customer().equals(customer)
                            && tenant.keptApart()
                                    .filter(word -> word.equals(antiAffinity))
                                    .isPresent());
        }

        /** @param fitting at least as many devices as are wanted, the best first */
        Ranked rank(Candidate candidate, List<Device> fitting) {
            List<Device> taken = fitting.subList(0, wanted);
            return new Ranked(
                    candidate,
                    taken.stream().map(Device::id).toList(),
                    candidate
                            .nextMaintenance()
                            .filter(in -> in.compareTo(undisturbed) < 0)
                            .isPresent(),
                    taken.stream()
                            .filter(device -> device.health().state() instanceof GpuState.Degraded)
                            .count(),
                    alike.of(candidate),
                    sameCustomer.of(candidate).aroundTheHost(),
                    fitting.size() - wanted);
        }
    }

    Placement.Chosen chosen(List<String> refusals) {
        return new Placement.Chosen(candidate.host().id(), candidate.host().version(), gpus, refusals);
    }
}
