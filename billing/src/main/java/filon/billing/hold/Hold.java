package filon.billing.hold;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;

/**
 * The money side of one rental: what was ordered at which frozen price, and where its hold stands.
 *
 * @param round how often money was reserved by a request: 0 before the first, +1 with each new funding
 */
public record Hold(RentalId rental, CustomerId customer, Terms terms, HoldState state, int round) {

    /** What an order froze of the price. */
    public record Terms(Sku offer, int gpuCount, MicroEuro pricePerGpuHour, int priceVersion) {
        public static Terms of(Order order) {
            return new Terms(order.offer(), order.gpuCount(), order.pricePerGpuHour(), order.priceVersion());
        }

        /** What all GPUs of the order cost for so many seconds of wall time. */
        public MicroEuro costOfAll(long seconds) {
            return pricePerGpuHour.costOfSeconds(Math.multiplyExact(seconds, (long) gpuCount));
        }
    }

    public static Hold requested(RentalId rental, Order order) {
        return new Hold(rental, order.customerId(), Terms.of(order), new HoldState.Requested(), 0);
    }

    public boolean isFor(Order order) {
        return customer.equals(order.customerId()) && terms.equals(Terms.of(order));
    }

    /** Whether usage of this rental may be charged: money was reserved once, and the story is not over. */
    public boolean isChargeable() {
        return round > 0
                && switch (state) {
                    case HoldState.Placed placed -> true;
                    case HoldState.Exhausted exhausted -> true;
                    case HoldState.Ending ending -> true;
                    case HoldState.Requested requested -> false;
                    case HoldState.Unfunded unfunded -> false;
                    case HoldState.Settled settled -> false;
                };
    }

    Hold to(HoldState next) {
        return new Hold(rental, customer, terms, next, round);
    }

    Hold placedAgain() {
        return new Hold(rental, customer, terms, new HoldState.Placed(), round + 1);
    }
}
