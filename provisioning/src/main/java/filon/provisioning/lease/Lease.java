package filon.provisioning.lease;

import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import java.time.Instant;
import java.util.List;

/**
 * GPUs of one host that belong to a rental, under one epoch.
 *
 * @param epoch the number of this placement of the rental, from 1; only the newest is billed
 * @param wish what the customer ordered
 * @param code why it is in its state; {@code reason} says it for people
 * @param since when it came into its state
 * @param authorisedUntil when the host stops by itself unless it is told a later time
 */
public record Lease(
        LeaseId id,
        RentalId rental,
        long epoch,
        HostId host,
        Order wish,
        List<GpuId> gpus,
        LeaseState state,
        LeaseReason code,
        String reason,
        Instant since,
        Instant grantedAt,
        Instant authorisedUntil) {
    public Lease {
        gpus = List.copyOf(gpus);
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch " + epoch + " of rental " + rental + " is not 1 or more");
        }
        if (gpus.isEmpty()) {
            throw new IllegalArgumentException("lease " + id + " has no GPU");
        }
    }

    Lease in(LeaseState next, LeaseReason because, String why) {
        return new Lease(id, rental, epoch, host, wish, gpus, next, because, why, since, grantedAt, authorisedUntil);
    }

    Lease since(Instant moved) {
        return new Lease(id, rental, epoch, host, wish, gpus, state, code, reason, moved, grantedAt, authorisedUntil);
    }

    Lease authorisedUntil(Instant until) {
        return new Lease(id, rental, epoch, host, wish, gpus, state, code, reason, since, grantedAt, until);
    }

    /** What everybody may know of it. */
    public Standing standing() {
        return state instanceof LeaseState.Draining
                ? code.standing(
                        state.label(),
                        reason,
                        since,
                        authorisedUntil.plus(LeaseTerms.CLOCK_MARGIN),
                        "it has ended, for its host's authorisation is over")
                : code.standing(state.label(), reason, since);
    }

    public Granted granted() {
        return new Granted(rental, wish.customerId(), id, epoch, host, gpus, grantedAt, authorisedUntil);
    }

    StopWorkload stop(long generation) {
        return new StopWorkload(host, generation, id, rental, epoch, reason);
    }

    RunWorkload run(long generation, List<String> allowedAddresses) {
        return new RunWorkload(
                host,
                generation,
                id,
                rental,
                epoch,
                grantedAt,
                authorisedUntil,
                wish.algorithm(),
                gpus,
                wish.pools(),
                allowedAddresses);
    }
}
