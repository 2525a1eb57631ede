package filon.api.balance;

import filon.api.identity.Caller;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Shows each customer the own balance. */
@ApplicationScoped
@Transactional
public class Balances {
    private final BalanceStore store;

    Balances(BalanceStore store) {
        this.store = store;
    }

    public Balance of(Caller caller) {
        return store.find(caller.customerId()).orElseGet(() -> Balance.unknown(caller.customerId()));
    }

    /** Keeps what billing said, unless something newer was heard. */
    public void changed(CustomerId customer, MicroEuro available, MicroEuro held, long version, Instant at) {
        store.keep(new Balance(customer, available, held, version, Optional.of(at)));
    }
}
