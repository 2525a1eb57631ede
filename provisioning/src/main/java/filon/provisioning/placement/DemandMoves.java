package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.problem.ProblemCode;
import filon.provisioning.placement.DemandState.Awaiting;
import filon.provisioning.placement.DemandState.Over;
import filon.provisioning.placement.DemandState.Placed;
import filon.provisioning.placement.DemandState.Suspended;
import java.util.List;

/** The demand's machine: a pure function of demand and event. */
public final class DemandMoves {
    private DemandMoves() {}

    /** The answer to an event. */
    public sealed interface Answer {}

    /** The demand as it is from now on. */
    public record Moved(Demand next) implements Answer {}

    /** Nothing changes. */
    public record Refused(ProblemCode code, String why) implements Answer {}

    public static Answer on(Demand demand, DemandEvent event) {
        return switch (event) {
            case DemandEvent.Funded(var wish, long sequence) ->
                isNews(demand, sequence) ? new Moved(funded(demand, wish, sequence)) : no(demand, event);
            case DemandEvent.Suspended(long sequence) ->
                isNews(demand, sequence)
                        ? new Moved(in(demand, new Suspended(), demand.epoch(), sequence))
                        : no(demand, event);
            case DemandEvent.Ending ending ->
                demand.state() instanceof Over
                        ? no(demand, event)
                        : new Moved(in(demand, new Over(), demand.epoch(), demand.sequence()));
            case DemandEvent.Granted granted ->
                demand.state() instanceof Awaiting
                        ? new Moved(in(demand, new Placed(), demand.epoch() + 1, demand.sequence()))
                        : no(demand, event);
        };
    }

    private static boolean isNews(Demand demand, long sequence) {
        return !(demand.state() instanceof Over) && sequence >= demand.sequence();
    }

    /** What runs or waits already goes on, but remembers the newer message: an older suspension may still be on its way. */
    private static Demand funded(Demand demand, Order wish, long sequence) {
        return demand.state() instanceof Placed
                ? in(demand, demand.state(), demand.epoch(), sequence)
                : new Demand(demand.rental(), wish, new Awaiting(), demand.epoch(), sequence, demand.refusals());
    }

    private static Demand in(Demand demand, DemandState next, long epoch, long sequence) {
        return new Demand(demand.rental(), demand.order(), next, epoch, sequence, List.of());
    }

    private static Refused no(Demand demand, DemandEvent event) {
        return new Refused(
                ProblemCode.CONFLICT,
                "rental " + demand.rental() + " is " + demand.state().label() + " since message " + demand.sequence()
                        + " and does not take " + event.getClass().getSimpleName());
    }
}
