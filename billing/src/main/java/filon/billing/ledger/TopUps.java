package filon.billing.ledger;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Books money that a customer paid in. */
@ApplicationScoped
@Transactional
public class TopUps {
    public static final MicroEuro AMOUNT_MAX = MicroEuro.of(10_000_000_000L);

    private final Ledger ledger;

    TopUps(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Adds an amount to a wallet, once per key.
     *
     * @throws IllegalArgumentException if the amount is not above zero and at most {@link #AMOUNT_MAX}
     */
    public Posted topUp(CustomerId customer, MicroEuro amount, String reference, String key, String actor) {
        if (!amount.isPositive() || amount.compareTo(AMOUNT_MAX) > 0) {
            throw new IllegalArgumentException("top-up of " + amount + " is not above zero and at most " + AMOUNT_MAX);
        }
        return ledger.post(new Entry(
                EntryKind.TOP_UP,
                "top-up:" + key,
                customer,
                reference,
                actor,
                List.of(
                        new Posting(new Account.TopUpClearing(), Entry.negated(amount)),
                        new Posting(new Account.Wallet(customer), amount))));
    }
}
