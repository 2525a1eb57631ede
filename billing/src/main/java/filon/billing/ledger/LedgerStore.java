package filon.billing.ledger;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the ledger is kept. */
public interface LedgerStore {
    /** Locks the customer's wallet for the rest of the transaction; opens it if there is none. */
    void lock(CustomerId customer);

    Optional<Balance> balance(CustomerId customer);

    /** Zero for an account nobody posted to. */
    MicroEuro sumOf(Account account);

    Optional<StoredEntry> find(String idempotencyKey);

    void insert(UUID id, Entry entry, Instant postedAt);

    /** The parts of a posted entry that tell it from another one. */
    record StoredEntry(UUID id, EntryKind kind, CustomerId customer, List<Posting> postings) {
        boolean isSameAs(Entry entry) {
            return kind == entry.kind() && customer.equals(entry.customer()) && postings.equals(entry.postings());
        }
    }
}
