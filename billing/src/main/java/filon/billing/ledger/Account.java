package filon.billing.ledger;

import filon.contracts.value.CustomerId;
import filon.contracts.value.RentalId;
import java.util.Optional;

/** Where money lies. Positive = owed to the customer (wallet, hold) or earned (revenue); clearing mirrors what was paid in. */
public sealed interface Account {
    /** What a customer can still hold or spend. */
    record Wallet(CustomerId owner) implements Account {}

    /** What is reserved for one rental. */
    record RentalHold(CustomerId owner, RentalId rental) implements Account {}

    /** What was earned by proven usage. */
    record Revenue() implements Account {}

    /** The counterpart of money that came in from outside; negative. */
    record TopUpClearing() implements Account {}

    /** The customer whose money this is; empty for the house's own accounts. */
    default Optional<CustomerId> customer() {
        return switch (this) {
            case Wallet wallet -> Optional.of(wallet.owner());
            case RentalHold hold -> Optional.of(hold.owner());
            case Revenue revenue -> Optional.empty();
            case TopUpClearing clearing -> Optional.empty();
        };
    }
}
