package filon.billing.ledger;

import filon.contracts.value.MicroEuro;

/** One line of an entry: this account changes by this amount, never by zero. */
public record Posting(Account account, MicroEuro amount) {
    public Posting {
        if (amount.amount() == 0) {
            throw new IllegalArgumentException("a posting of zero to " + account);
        }
    }
}
