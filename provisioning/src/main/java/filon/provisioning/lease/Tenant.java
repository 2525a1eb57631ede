package filon.provisioning.lease;

import filon.contracts.value.CustomerId;
import java.util.Optional;

/**
 * Whose a lease is that has not ended.
 *
 * @param antiAffinity the customer's word for what is to be kept apart; null = none, see {@link #keptApart}
 */
public record Tenant(CustomerId customer, String antiAffinity) {
    public Optional<String> keptApart() {
        return Optional.ofNullable(antiAffinity);
    }
}
