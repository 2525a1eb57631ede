package filon.api.balance;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import java.time.Instant;
import java.util.Optional;

/**
 * What a customer has, as billing said it last.
 *
 * @param available what can still be held or spent
 * @param held reserved for running rentals
 * @param asOf when billing said it; empty when it never spoke of this customer
 */
public record Balance(CustomerId customer, MicroEuro available, MicroEuro held, long version, Optional<Instant> asOf) {
    static Balance unknown(CustomerId customer) {
        return new Balance(customer, MicroEuro.ZERO, MicroEuro.ZERO, 0, Optional.empty());
    }
}
