package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.RentalId;
import java.util.List;
import java.util.Optional;

/**
 * A rental's wish for GPUs.
 *
 * @param order what is wanted; null until the rental was funded once, see {@link #wish}
 * @param epoch how often it was placed; the newest lease carries it
 * @param sequence of the newest message that counted
 * @param refusals why it could not be placed, as last told
 */
public record Demand(
        RentalId rental, Order order, DemandState state, long epoch, long sequence, List<String> refusals) {
    public Demand {
        refusals = List.copyOf(refusals);
        if (order == null && state instanceof DemandState.Awaiting) {
            throw new IllegalArgumentException("rental " + rental + " awaits a host without a wish");
        }
    }

    static Demand unheard(RentalId rental) {
        return new Demand(rental, null, new DemandState.Unheard(), 0, 0, List.of());
    }

    public Optional<Order> wish() {
        return Optional.ofNullable(order);
    }

    Demand refused(List<String> reasons) {
        return new Demand(rental, order, state, epoch, sequence, reasons);
    }
}
