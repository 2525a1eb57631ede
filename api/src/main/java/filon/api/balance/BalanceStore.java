package filon.api.balance;

import filon.contracts.value.CustomerId;
import java.util.Optional;

/** Keeps the newest balance of each customer. */
public interface BalanceStore {
    Optional<Balance> find(CustomerId customer);

    /** Keeps the balance unless a newer version is here. */
    void keep(Balance balance);
}
