package filon.billing.hold;

import filon.billing.ledger.Account;
import filon.billing.ledger.Balance;
import filon.billing.ledger.Entry;
import filon.billing.ledger.EntryKind;
import filon.billing.ledger.Ledger;
import filon.billing.price.Prices;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.Topics;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reserves money for rentals, and gives the rest back when they are over. */
@ApplicationScoped
@Transactional
public class Holds {
    private static final Logger LOG = Logger.getLogger(Holds.class);

    private final HoldStore store;
    private final Ledger ledger;
    private final Prices prices;
    private final Outbox outbox;
    private final HoldTimes times;
    private final Clock clock;

    Holds(HoldStore store, Ledger ledger, Prices prices, Outbox outbox, HoldTimes times, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.prices = prices;
        this.outbox = outbox;
        this.times = times;
        this.clock = clock;
    }

    public Optional<Hold> find(RentalId rental) {
        return store.find(rental);
    }

    /** The hold, with every other decision on this rental's money shut out until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Hold> lock(RentalId rental) {
        return store.lock(rental);
    }

    /**
     * Answers a request with a hold or a refusal. A repeated request is answered again and moves money only where none is
     * placed: after a refusal, or after the balance was spent.
     */
    public void request(RentalId rental, Order order) {
        Hold hold = store.lock(rental).orElseGet(() -> Hold.requested(rental, order));
        Balance balance = ledger.lock(order.customerId());
        MicroEuro held = ledger.sumOf(account(hold));
        MicroEuro needed = hold.state() instanceof HoldState.Placed ? MicroEuro.ZERO : missing(hold, held);
        Optional<String> objection = objection(hold, order, balance.available(), needed);
        if (objection.isPresent()) {
            apply(hold, new HoldEvent.Uncovered(needed, balance.available(), objection.get()));
            return;
        }
        Optional<Hold> moved = apply(hold, new HoldEvent.Covered(held.plus(needed)));
        if (needed.isPositive() && moved.isPresent()) {
            ledger.post(reserve(
                    EntryKind.HOLD_PLACED, "hold:" + rental + ":" + moved.get().round(), hold, needed));
        }
    }

    /** Notes that a rental is to end; also of one whose request was not heard yet. */
    public void end(RentalId rental, String reason) {
        Optional<Hold> hold = store.lock(rental);
        store.noteEnding(rental, reason, clock.instant());
        hold.ifPresent(h -> apply(h, new HoldEvent.EndAsked()));
    }

    /** The rentals that wait for their last usage. */
    public List<RentalId> ending() {
        return store.ending();
    }

    public Optional<Instant> endingSeenAt(RentalId rental) {
        return store.endingSeenAt(rental);
    }

    /** Gives the rest of the hold back and says the last cost; once. The caller has posted that cost and holds the lock. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void settle(Hold hold, long provenSeconds, MicroEuro cost) {
        ledger.lock(hold.customer());
        MicroEuro rest = ledger.sumOf(account(hold));
        Optional<Hold> moved = apply(hold, new HoldEvent.Metered(provenSeconds, cost));
        if (moved.isPresent() && rest.isPositive()) {
            ledger.post(Entry.move(
                    EntryKind.HOLD_RELEASED,
                    "release:" + hold.rental(),
                    hold.customer(),
                    "rental " + hold.rental(),
                    account(hold),
                    new Account.Wallet(hold.customer()),
                    rest));
        }
    }

    /** Refills the hold from the wallet, and says so when the two cannot pay for the next interval. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reach(Hold hold, String occasion) {
        if (!(hold.state() instanceof HoldState.Placed)) {
            return;
        }
        MicroEuro available = ledger.lock(hold.customer()).available();
        MicroEuro held = ledger.sumOf(account(hold));
        MicroEuro ahead = hold.terms().costOfAll(times.aheadSeconds());
        MicroEuro missing = missing(hold, held);
        boolean low =
                held.compareTo(ahead) < 0 || missing.compareTo(hold.terms().costOfAll(times.sliceSeconds())) >= 0;
        if (low && available.isPositive() && missing.isPositive()) {
            MicroEuro refill = available.compareTo(missing) < 0 ? available : missing;
            ledger.post(
                    reserve(EntryKind.HOLD_REPLENISHED, "replenish:" + hold.rental() + ":" + occasion, hold, refill));
            held = held.plus(refill);
        }
        if (held.compareTo(ahead) < 0) {
            apply(hold, new HoldEvent.Spent());
        }
    }

    /** Where the hold's money lies. */
    public static Account account(Hold hold) {
        return new Account.RentalHold(hold.customer(), hold.rental());
    }

    private Optional<String> objection(Hold hold, Order order, MicroEuro available, MicroEuro needed) {
        if (store.endingSeenAt(hold.rental()).isPresent()) {
            return Optional.of("the rental has ended");
        }
        if (!hold.isFor(order)) {
            return Optional.of("the rental was requested with another order");
        }
        if (hold.state() instanceof HoldState.Placed) {
            return Optional.empty();
        }
        Optional<String> priceObjection =
                prices.objectionTo(order.offer(), order.priceVersion(), order.pricePerGpuHour());
        if (priceObjection.isPresent()) {
            return priceObjection;
        }
        return available.compareTo(needed) < 0
                ? Optional.of("the balance of " + available + " does not cover the hold of " + needed)
                : Optional.empty();
    }

    /** What a full hold has more than this one. */
    private MicroEuro missing(Hold hold, MicroEuro held) {
        MicroEuro missing = hold.terms().costOfAll(times.holdSeconds()).minus(held);
        return missing.isNegative() ? MicroEuro.ZERO : missing;
    }

    private Optional<Hold> apply(Hold hold, HoldEvent event) {
        return switch (HoldMoves.on(hold, event)) {
            case HoldMoves.Moved moved -> {
                store.save(moved.next(), clock.instant());
                moved.messages().forEach(message -> outbox.append(Topics.BILLING_NOTICES, message));
                yield Optional.of(moved.next());
            }
            case HoldMoves.Refused refused -> {
                LOG.debugf("rental %s: %s", hold.rental(), refused.why());
                yield Optional.empty();
            }
        };
    }

    private static Entry reserve(EntryKind kind, String key, Hold hold, MicroEuro amount) {
        return Entry.move(
                kind,
                key,
                hold.customer(),
                "rental " + hold.rental(),
                new Account.Wallet(hold.customer()),
                account(hold),
                amount);
    }
}
