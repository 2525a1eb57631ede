package filon.billing.ledger;

import filon.contracts.message.BillingNotice.BalanceChanged;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Posts entries and tells balances.
 *
 * <p>Everything that decides on a customer's money first locks the customer, then looks, then posts, in one transaction: two
 * of them never spend the same euro.
 */
@ApplicationScoped
@Transactional
public class Ledger {
    private final LedgerStore store;
    private final Outbox outbox;
    private final Clock clock;

    Ledger(LedgerStore store, Outbox outbox, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Waits for every other decision on this customer's money, and shuts them out until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Balance lock(CustomerId customer) {
        store.lock(customer);
        return store.balance(customer).orElseThrow();
    }

    /** Empty for a customer that never had a wallet. */
    public Optional<Balance> balance(CustomerId customer) {
        return store.balance(customer);
    }

    public MicroEuro sumOf(Account account) {
        return store.sumOf(account);
    }

    /** Posts one entry; see {@link #postAll}. */
    public Posted post(Entry entry) {
        return postAll(List.of(entry)).getFirst();
    }

    /**
     * Posts the entries of one customer, those that are not posted yet, and says the new balance once.
     *
     * @throws ProblemException IDEMPOTENCY_KEY_REUSED if another entry has one of the keys
     */
    public List<Posted> postAll(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        CustomerId customer = entries.getFirst().customer();
        store.lock(customer);
        List<Posted> posted = new ArrayList<>();
        for (Entry entry : entries) {
            posted.add(store.find(entry.idempotencyKey())
                    .map(stored -> again(stored, entry))
                    .orElseGet(() -> first(entry)));
        }
        if (posted.stream().anyMatch(Posted::isNew)) {
            announce(store.balance(customer).orElseThrow());
        }
        return posted;
    }

    private Posted first(Entry entry) {
        UUID id = UUID.randomUUID();
        store.insert(id, entry, clock.instant());
        return new Posted(id, true);
    }

    private static Posted again(LedgerStore.StoredEntry stored, Entry entry) {
        if (!stored.isSameAs(entry)) {
            throw new ProblemException(Problem.of(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "entry key " + entry.idempotencyKey() + " was used for another movement of money"));
        }
        return new Posted(stored.id(), false);
    }

    private void announce(Balance balance) {
        outbox.append(
                Topics.BILLING_NOTICES,
                new BalanceChanged(balance.customer(), balance.available(), balance.held(), balance.version()));
    }
}
