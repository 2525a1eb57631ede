package filon.provisioning.workload;

import static filon.contracts.value.Owner.CUSTOMER;
import static filon.contracts.value.Owner.NETWORK;
import static filon.contracts.value.Owner.NOBODY;
import static filon.contracts.value.Owner.POOL;
import static filon.contracts.value.Owner.PROVIDER;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.Owner;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Bearing;
import filon.provisioning.standing.Reason;
import java.util.Set;

/** Why the work on one GPU of a lease does what it does. Hosts say it in words; the code follows from the state and from what was ordered. */
public enum WorkloadReason implements Reason {
    ORDERED(PROVIDER, "its host launches it by itself", "PENDING"),
    KERNELS_PROVED(PROVIDER, "its kernels are built and proved, then a pool is connected, by itself", "PREPARING"),
    POOL_AWAITED(POOL, "it begins with the first job that a pool gives; the pools are tried in order", "CONNECTING"),
    HASHING(NOBODY, "hashes until its lease ends", "RUNNING"),
    NO_POOL_GIVES_WORK(
            POOL,
            "the pools are tried in order by itself until one gives work; the customer checks their addresses",
            "NO_POOL"),
    CRASHED(PROVIDER, "its host starts it again by itself", "RESTARTING"),
    STOP_ORDERED(CUSTOMER, "its host stops it by itself and writes its last usage", "STOPPING"),
    STOPPING_UNASKED(PROVIDER, "the order is given again by itself within a minute", "STOPPING"),
    STOPPED_AS_ORDERED(CUSTOMER, "nothing more happens; its lease ends when all of its work has stopped", "STOPPED"),
    STOPPED_UNASKED(PROVIDER, "the order is given again by itself within a minute", "STOPPED"),
    GIVEN_UP(PROVIDER, "staff look at its host; a device that computes wrong quarantines it by itself", "FAILED"),
    HOST_SILENT(
            NETWORK,
            "it is not known to have stopped: it may hash on until its authorisation ends; its host is waited for",
            "UNKNOWN"),
    /** It came into its state before reasons had codes. */
    BEFORE_CODES(PROVIDER, "its next move has a code; until then its reason says what there is to know");

    private final Bearing bearing;

    WorkloadReason(Owner owner, String nextStep, String... states) {
        // that nobody hears a host is our word, all else is its own
        Actor actor = owner == NETWORK ? Actor.automation("workload") : Actor.agent();
        this.bearing = new Bearing(owner, actor, nextStep, Set.of(states));
    }

    /** @param lease the state of the workload's lease, which says whether a stop was ordered */
    static WorkloadReason of(WorkloadState state, LeaseState lease) {
        boolean isWanted = lease instanceof LeaseState.Granted;
        return switch (state) {
            case PENDING -> ORDERED;
            case PREPARING -> KERNELS_PROVED;
            case CONNECTING -> POOL_AWAITED;
            case RUNNING -> HASHING;
            case NO_POOL -> NO_POOL_GIVES_WORK;
            case RESTARTING -> CRASHED;
            case STOPPING -> isWanted ? STOPPING_UNASKED : STOP_ORDERED;
            case STOPPED -> isWanted ? STOPPED_UNASKED : STOPPED_AS_ORDERED;
            case FAILED -> GIVEN_UP;
            case UNKNOWN -> HOST_SILENT;
        };
    }

    @Override
    public Bearing bearing() {
        return bearing;
    }

    @Override
    public boolean belongsTo(String state) {
        return this == BEFORE_CODES ? !state.equals("RUNNING") : Reason.super.belongsTo(state);
    }
}
