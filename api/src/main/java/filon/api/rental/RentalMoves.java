package filon.api.rental;

import filon.api.rental.RentalEvent.WorkSeen;
import filon.api.rental.RentalState.Active;
import filon.api.rental.RentalState.Degraded;
import filon.api.rental.RentalState.Ended;
import filon.api.rental.RentalState.Ending;
import filon.api.rental.RentalState.Failed;
import filon.api.rental.RentalState.Funded;
import filon.api.rental.RentalState.Paused;
import filon.api.rental.RentalState.Placed;
import filon.api.rental.RentalState.Rejected;
import filon.api.rental.RentalState.Relocating;
import filon.api.rental.RentalState.Requested;
import filon.api.rental.RentalState.Suspended;
import filon.contracts.message.RentalNotice;
import java.time.Instant;
import java.util.List;

/** The moves of a rental, pure: from a rental and an event to the next rental and what is to be said, or to a refusal. */
public final class RentalMoves {
    private RentalMoves() {}

    /** What came of an event. */
    public sealed interface Decision {}

    /** The rental becomes {@code next}, and others are told. */
    public record Moved(Rental next, List<RentalNotice> messages) implements Decision {
        public Moved {
            messages = List.copyOf(messages);
        }
    }

    /** The event has no meaning in this state: it came late, twice or too early, and changes nothing. */
    public record Refused(String why) implements Decision {}

    public static Decision on(Rental rental, RentalEvent event) {
        return switch (event) {
            case RentalEvent.HoldPlaced placed -> onHoldPlaced(rental, placed.at());
            case RentalEvent.HoldRefused refused -> onHoldRefused(rental, refused);
            case RentalEvent.LeaseGranted granted -> onLeaseGranted(rental, granted);
            case RentalEvent.PlacementRefused refused -> onPlacementRefused(rental, refused);
            case WorkSeen seen -> onWorkSeen(rental, seen);
            case RentalEvent.LeaseEnded ended -> onLeaseEnded(rental, ended);
            case RentalEvent.BalanceSpent spent -> onBalanceSpent(rental, spent.at());
            case RentalEvent.CostSettled settled -> onCostSettled(rental, settled.at());
            case RentalEvent.PauseAsked asked -> onPauseAsked(rental, asked.at());
            case RentalEvent.ResumeAsked asked -> onResumeAsked(rental, asked.at());
            case RentalEvent.EndAsked asked -> onEndAsked(rental, asked);
            case RentalEvent.SilenceNoticed silence -> onSilence(rental, silence.at());
        };
    }

    private static Decision onHoldPlaced(Rental rental, Instant at) {
        return switch (rental.state()) {
            case Requested _, Suspended _ -> funded(rental, at);
            case Funded _,
                    Placed _,
                    Active _,
                    Degraded _,
                    Paused _,
                    Relocating _,
                    Ending _,
                    Ended _,
                    Rejected _,
                    Failed _ -> late(rental.state());
        };
    }

    private static Decision onHoldRefused(Rental rental, RentalEvent.HoldRefused refused) {
        return switch (rental.state()) {
            case Requested _ -> quietly(rental.to(new Rejected(refused.at(), refused.reason())));
            case Suspended suspended -> quietly(rental.to(new Suspended(suspended.since(), refused.reason())));
            case Funded _,
                    Placed _,
                    Active _,
                    Degraded _,
                    Paused _,
                    Relocating _,
                    Ending _,
                    Ended _,
                    Rejected _,
                    Failed _ -> late(rental.state());
        };
    }

    private static Decision onLeaseGranted(Rental rental, RentalEvent.LeaseGranted granted) {
        boolean isNews = rental.lease().map(l -> granted.epoch() > l.epoch()).orElse(true);
        return isNews ? placed(rental, granted) : new Refused("epoch " + granted.epoch() + " is not new");
    }

    private static Decision placed(Rental rental, RentalEvent.LeaseGranted granted) {
        Lease lease = Lease.granted(granted.leaseId(), granted.epoch());
        Rental next = rental.with(lease).to(new Placed(granted.at(), Placed.GRANTED));
        return switch (rental.state()) {
            case Funded _, Relocating _, Placed _, Active _, Degraded _ -> quietly(next);
            case Ending _ -> quietly(rental.with(lease));
            case Requested _, Paused _, Suspended _, Ended _, Rejected _, Failed _ -> late(rental.state());
        };
    }

    private static Decision onPlacementRefused(Rental rental, RentalEvent.PlacementRefused refused) {
        return switch (rental.state()) {
            case Funded s -> quietly(rental.to(new Funded(s.since(), refused.reason())));
            case Relocating s -> quietly(rental.to(new Relocating(s.since(), refused.reason())));
            case Requested _,
                    Placed _,
                    Active _,
                    Degraded _,
                    Paused _,
                    Suspended _,
                    Ending _,
                    Ended _,
                    Rejected _,
                    Failed _ -> late(rental.state());
        };
    }

    private static Decision onWorkSeen(Rental rental, WorkSeen seen) {
        Lease lease = rental.leaseOf(seen.leaseId(), seen.epoch());
        if (!rental.concerns(seen.leaseId(), seen.epoch()) || seen.since().isBefore(lease.seenSince())) {
            return new Refused("newer news of epoch " + seen.epoch() + " was heard");
        }
        return switch (rental.state()) {
            case Funded _, Placed _, Active _, Degraded _, Relocating _ ->
                quietly(worked(rental.with(lease.seen(seen.since())), seen));
            case Requested _, Paused _, Suspended _, Ending _, Ended _, Rejected _, Failed _ -> late(rental.state());
        };
    }

    /** Preparing keeps a rental that never ran where it is; once it ran, the same news means that it no longer does. */
    private static Rental worked(Rental rental, WorkSeen seen) {
        boolean isBeginning = !(rental.state() instanceof Active || rental.state() instanceof Degraded);
        return switch (seen.state()) {
            case RUNNING -> rental.state() instanceof Active ? rental : rental.to(new Active(seen.at()));
            case PENDING, PREPARING, CONNECTING ->
                rental.to(isBeginning ? preparing(rental.state(), seen) : degraded(rental, seen, Mover.PROVIDER));
            case NO_POOL -> rental.to(degraded(rental, seen, Mover.POOL));
            case UNKNOWN ->
                rental.to(isBeginning ? preparing(rental.state(), seen) : degraded(rental, seen, Mover.NETWORK));
            case RESTARTING, STOPPING, STOPPED, FAILED -> rental.to(degraded(rental, seen, Mover.PROVIDER));
        };
    }

    private static RentalState preparing(RentalState before, WorkSeen seen) {
        Instant since = before instanceof Placed placed ? placed.since() : seen.at();
        return new Placed(since, reason(seen));
    }

    private static RentalState degraded(Rental rental, WorkSeen seen, Mover mover) {
        Instant since = rental.state() instanceof Degraded before ? before.since() : seen.at();
        return new Degraded(since, reason(seen), mover);
    }

    private static String reason(WorkSeen seen) {
        String reason = seen.reason();
        return reason == null || reason.isBlank()
                ? "the host says: " + seen.state().name().toLowerCase(java.util.Locale.ROOT)
                : reason;
    }

    private static Decision onLeaseEnded(Rental rental, RentalEvent.LeaseEnded ended) {
        Rental free = rental.with(rental.leaseOf(ended.leaseId(), ended.epoch()).over());
        if (rental.state() instanceof Ending ending && rental.isNewest(ended.leaseId(), ended.epoch())) {
            // also of a lease that a pause had let go of: nothing is left to wait for
            return quietly(free.to(new Ended(ended.at(), ending.reason())));
        }
        if (!rental.concerns(ended.leaseId(), ended.epoch())) {
            return new Refused("the lease of epoch " + ended.epoch() + " was let go of");
        }
        return switch (rental.state()) {
            case Funded _, Placed _, Active _, Degraded _ ->
                quietly(free.to(new Relocating(ended.at(), ended.reason())));
            case Relocating _ -> quietly(free);
            case Requested _, Paused _, Suspended _, Ending _, Ended _, Rejected _, Failed _ -> late(rental.state());
        };
    }

    private static Decision onBalanceSpent(Rental rental, Instant at) {
        return switch (rental.state()) {
            case Funded _, Placed _, Active _, Degraded _, Relocating _, Paused _ -> suspended(rental, at);
            case Requested _, Suspended _, Ending _, Ended _, Rejected _, Failed _ -> late(rental.state());
        };
    }

    private static Decision onCostSettled(Rental rental, Instant at) {
        return switch (rental.state()) {
            case Ending s -> quietly(rental.released().to(new Ended(at, s.reason())));
            case Requested _,
                    Funded _,
                    Placed _,
                    Active _,
                    Degraded _,
                    Paused _,
                    Suspended _,
                    Relocating _,
                    Ended _,
                    Rejected _,
                    Failed _ -> late(rental.state());
        };
    }

    private static Decision onPauseAsked(Rental rental, Instant at) {
        return switch (rental.state()) {
            case Funded _, Placed _, Active _, Degraded _, Relocating _ -> paused(rental, at);
            case Requested _ -> new Refused("the order is not funded yet");
            case Paused _ -> new Refused("the rental is already paused");
            case Suspended _ -> new Refused("the rental is suspended");
            case Ending _ -> new Refused("the rental ends");
            case Ended _ -> new Refused("the rental has ended");
            case Rejected _ -> new Refused("the order was rejected");
            case Failed _ -> new Refused("the rental has failed");
        };
    }

    private static Decision onResumeAsked(Rental rental, Instant at) {
        return switch (rental.state()) {
            case Paused _ -> funded(rental, at);
            case Suspended s ->
                new Moved(
                        rental.to(new Suspended(s.since(), "billing looks at your balance again")),
                        List.of(new RentalNotice.Requested(rental.id(), rental.order())));
            case Requested _, Funded _, Placed _, Active _, Degraded _, Relocating _ ->
                new Refused("the rental is not paused");
            case Ending _ -> new Refused("the rental ends");
            case Ended _ -> new Refused("the rental has ended");
            case Rejected _ -> new Refused("the order was rejected");
            case Failed _ -> new Refused("the rental has failed");
        };
    }

    private static Decision onEndAsked(Rental rental, RentalEvent.EndAsked asked) {
        return switch (rental.state()) {
            case Requested _, Funded _, Placed _, Active _, Degraded _, Paused _, Suspended _, Relocating _ ->
                ending(rental, asked);
            case Ending _ -> new Refused("the rental already ends");
            case Ended _ -> new Refused("the rental has ended");
            case Rejected _ -> new Refused("the order was rejected");
            case Failed _ -> new Refused("the rental has failed");
        };
    }

    private static Decision onSilence(Rental rental, Instant at) {
        if (rental.state().deadline().map(at::isBefore).orElse(true)) {
            return new Refused("no deadline has passed");
        }
        return switch (rental.state()) {
            case Requested _ -> failed(rental, at, "billing did not answer in time");
            case Funded s -> failed(rental, at, "no free GPUs were found in time; last heard: " + s.reason());
            case Relocating s -> failed(rental, at, "no other GPUs were found in time; last heard: " + s.reason());
            case Placed s ->
                quietly(rental.to(
                        new Degraded(at, "the host did not begin in time; last heard: " + s.reason(), Mover.PROVIDER)));
            case Ending s ->
                quietly(rental.released()
                        .to(new Ended(at, s.reason() + "; the host was silent until its authorisation was over")));
            case Active _, Degraded _, Paused _, Suspended _, Ended _, Rejected _, Failed _ -> late(rental.state());
        };
    }

    private static Decision funded(Rental rental, Instant at) {
        return new Moved(
                rental.to(new Funded(at, Funded.SEARCHING)),
                List.of(new RentalNotice.Funded(rental.id(), rental.order())));
    }

    private static Decision suspended(Rental rental, Instant at) {
        String reason = "the balance is spent";
        return new Moved(
                rental.released().to(new Suspended(at, reason)),
                List.of(new RentalNotice.Suspended(rental.id(), reason)));
    }

    private static Decision paused(Rental rental, Instant at) {
        String reason = "paused by the customer";
        return new Moved(
                rental.released().to(new Paused(at, reason)), List.of(new RentalNotice.Suspended(rental.id(), reason)));
    }

    private static Decision ending(Rental rental, RentalEvent.EndAsked asked) {
        return new Moved(
                rental.to(new Ending(asked.at(), asked.reason())),
                List.of(new RentalNotice.Ending(rental.id(), asked.reason())));
    }

    private static Decision failed(Rental rental, Instant at, String reason) {
        return new Moved(
                rental.released().to(new Failed(at, reason)), List.of(new RentalNotice.Ending(rental.id(), reason)));
    }

    private static Decision quietly(Rental next) {
        return new Moved(next, List.of());
    }

    private static Decision late(RentalState state) {
        return new Refused("a rental that is " + state.name() + " does not change by this");
    }
}
