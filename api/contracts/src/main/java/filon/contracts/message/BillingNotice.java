package filon.contracts.message;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import java.time.Instant;

/** What billing decided about money. Topic {@link Topics#BILLING_NOTICES}, key = customer id, or the offer for prices. */
public sealed interface BillingNotice extends Message {

    /** From {@code validFrom} on an offer costs this much per GPU-hour; versions only ever rise. */
    record PricePublished(Sku offer, int version, MicroEuro pricePerGpuHour, Instant validFrom)
            implements BillingNotice {
        @Override
        public String key() {
            return offer.sku();
        }
    }

    /**
     * A customer's balance after a change. {@code available} = what can still be held or spent; {@code held} = reserved
     * for running rentals. {@code version} rises with each change: a consumer keeps the highest.
     */
    record BalanceChanged(CustomerId customerId, MicroEuro available, MicroEuro held, long version)
            implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }

    /** Nothing is left for this rental: the API suspends it. */
    record BalanceExhausted(CustomerId customerId, RentalId rentalId) implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }

    /** Money is reserved for this rental. */
    record HoldPlaced(CustomerId customerId, RentalId rentalId, MicroEuro amount) implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }

    /** The rental cannot be funded, and why. */
    record HoldRefused(CustomerId customerId, RentalId rentalId, MicroEuro needed, MicroEuro available, String reason)
            implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }

    /**
     * The cost of a rental so far: cumulative, so a later one replaces an earlier one ({@code version} rises).
     *
     * @param provenSeconds whole GPU-seconds that shares prove, over all GPUs and leases of the rental
     * @param cost {@code provenSeconds} at the frozen price, see {@link MicroEuro#costOfSeconds}
     * @param meteredUntil the latest metered instant in it
     */
    record CostPosted(
            CustomerId customerId,
            RentalId rentalId,
            long provenSeconds,
            MicroEuro cost,
            long acceptedShares,
            long rejectedShares,
            Instant meteredUntil,
            long version)
            implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }

    /** The last cost of an ended rental; the rest of its hold is released. */
    record RentalSettled(CustomerId customerId, RentalId rentalId, long provenSeconds, MicroEuro cost)
            implements BillingNotice {
        @Override
        public String key() {
            return customerId.value();
        }
    }
}
