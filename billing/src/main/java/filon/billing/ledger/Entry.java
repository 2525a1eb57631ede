package filon.billing.ledger;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A movement of one customer's money that sums to zero.
 *
 * @param idempotencyKey an entry with the same key is the same entry, for ever; 1 to 300 characters
 * @param reference what it belongs to, for people: a rental, a bank reference
 * @param actor who caused it: a staff member's name, or {@code billing}
 */
public record Entry(
        EntryKind kind,
        String idempotencyKey,
        CustomerId customer,
        String reference,
        String actor,
        List<Posting> postings) {
    public static final String BILLING = "billing";
    public static final int KEY_LENGTH_MAX = 300;

    public Entry {
        postings = List.copyOf(postings);
        if (idempotencyKey.isBlank() || idempotencyKey.length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("an entry's key has 1 to " + KEY_LENGTH_MAX + " characters");
        }
        MicroEuro sum = postings.stream().map(Posting::amount).reduce(MicroEuro.ZERO, MicroEuro::plus);
        if (postings.size() < 2 || !sum.equals(MicroEuro.ZERO)) {
            throw new IllegalArgumentException(
                    "entry " + idempotencyKey + " of " + postings.size() + " lines sums to " + sum + ", not zero");
        }
        for (Posting posting : postings) {
            Optional<CustomerId> owner = posting.account().customer();
            if (owner.isPresent() && !owner.get().equals(customer)) {
                throw new IllegalArgumentException(
                        "entry " + idempotencyKey + " of customer " + customer + " moves the money of " + owner.get());
            }
        }
    }

    /** An entry that moves one amount from one account to another. */
    public static Entry move(
            EntryKind kind,
            String key,
            CustomerId customer,
            String reference,
            Account from,
            Account to,
            MicroEuro amount) {
        return of(kind, key, customer, reference, List.of(new Posting(from, negated(amount)), new Posting(to, amount)));
    }

    /** An entry that billing itself makes; lines of zero are left out. */
    public static Entry of(EntryKind kind, String key, CustomerId customer, String reference, List<Posting> postings) {
        return new Entry(kind, key, customer, reference, BILLING, new ArrayList<>(postings));
    }

    static MicroEuro negated(MicroEuro amount) {
        return MicroEuro.ZERO.minus(amount);
    }
}
