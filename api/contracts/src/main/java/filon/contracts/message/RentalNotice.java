package filon.contracts.message;

import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.HashRate;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Pool;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import java.util.List;

/** The story of one rental as its owner, the API, tells it. Topic {@link Topics#RENTAL_NOTICES}, key = rental id. */
public sealed interface RentalNotice extends Message {
    RentalId rentalId();

    @Override
    default String key() {
        return rentalId().toString();
    }

    /**
     * What was ordered, frozen at the order.
     *
     * @param site where it has to run; null = anywhere
     * @param gpuModel the device's name as its host reports it; null = any that the offer sells
     * @param hashRateMin that each GPU must have been measured with; null = none
     * @param antiAffinity the customer's rentals with the same word here are kept apart where that is possible; null = none
     */
    record Order(
            CustomerId customerId,
            Sku offer,
            int gpuCount,
            Algorithm algorithm,
            List<Pool> pools,
            MicroEuro pricePerGpuHour,
            int priceVersion,
            String site,
            String gpuModel,
            HashRate hashRateMin,
            String antiAffinity) {
        public static final int GPU_COUNT_MAX = 64;
        public static final int POOLS_MAX = 8;
        public static final int WORD_LENGTH_MAX = 128;

        public Order {
            if (gpuCount < 1 || gpuCount > GPU_COUNT_MAX) {
                throw new IllegalArgumentException("an order has 1 to " + GPU_COUNT_MAX + " GPUs, not " + gpuCount);
            }
            pools = List.copyOf(pools);
            if (pools.isEmpty() || pools.size() > POOLS_MAX) {
                throw new IllegalArgumentException("an order has 1 to " + POOLS_MAX + " pools, not " + pools.size());
            }
            requireWord("site", site);
            requireWord("gpuModel", gpuModel);
            requireWord("antiAffinity", antiAffinity);
        }

        /** An order that may run anywhere. */
        public Order(
                CustomerId customerId,
                Sku offer,
                int gpuCount,
                Algorithm algorithm,
                List<Pool> pools,
                MicroEuro pricePerGpuHour,
                int priceVersion) {
            this(customerId, offer, gpuCount, algorithm, pools, pricePerGpuHour, priceVersion, null, null, null, null);
        }

        private static void requireWord(String field, String word) {
            if (word != null && (word.isBlank() || word.length() > WORD_LENGTH_MAX)) {
                throw new IllegalArgumentException(
                        "an order's " + field + " has 1 to " + WORD_LENGTH_MAX + " characters, not: " + word);
            }
        }
    }

    /** A customer ordered; billing answers with a hold or a refusal. */
    record Requested(RentalId rentalId, Order order) implements RentalNotice {}

    /** The hold is placed; provisioning may place the rental. */
    record Funded(RentalId rentalId, Order order) implements RentalNotice {}

    /** The rental must stop until it is funded again; provisioning drains it. */
    record Suspended(RentalId rentalId, String reason) implements RentalNotice {}

    /** The rental is to end; provisioning drains it and says when the lease is over. */
    record Ending(RentalId rentalId, String reason) implements RentalNotice {}
}
