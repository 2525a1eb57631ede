package filon.provisioning.reconcile;

import filon.provisioning.host.Connectivity;
import filon.provisioning.lease.LeaseState.Draining;
import filon.provisioning.lease.LeaseState.Ended;
import filon.provisioning.lease.LeaseState.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a lease's order has to be given again: a pure function of how things stand.
 *
 * @param why for people, in the host's story
 */
public record Repair(String why) {
    /** A host that is there obeys an order within seconds; the same order is not repeated sooner either. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Empty where nothing is wrong, where it may still come right by itself, or where the host cannot hear us anyway. */
    public static Optional<Repair> of(LeaseOutlook outlook, Instant now) {
        boolean isFresh = now.isBefore(outlook.orderedAt().plus(PATIENCE));
        if (isFresh || outlook.connectivity() != Connectivity.ONLINE) {
            return Optional.empty();
        }
        return switch (outlook.state()) {
            case Granted granted ->
                outlook.behind() > 0 ? Optional.of(new Repair(behind(outlook))) : unapplied(outlook);
            case Draining draining -> unapplied(outlook);
            case Ended ended -> Optional.of(new Repair("it still names a workload of the lease, which has ended"));
        };
    }

    private static Optional<Repair> unapplied(LeaseOutlook outlook) {
        return outlook.applied() < outlook.ordered()
                ? Optional.of(new Repair("it has applied orders up to generation " + outlook.applied()
                        + ", the lease's is " + outlook.ordered()))
                : Optional.empty();
    }

    private static String behind(LeaseOutlook outlook) {
        return outlook.behind() + " of the lease's " + outlook.gpus()
                + " GPUs are not reported as working by its order of generation " + outlook.ordered();
    }
}
