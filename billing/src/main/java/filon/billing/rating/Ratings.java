package filon.billing.rating;

import filon.billing.hold.Hold;
import filon.billing.hold.Holds;
import filon.billing.ledger.Account;
import filon.billing.ledger.Entry;
import filon.billing.ledger.EntryKind;
import filon.billing.ledger.Ledger;
import filon.billing.ledger.Posting;
import filon.billing.meter.Meters;
import filon.contracts.message.BillingNotice.CostPosted;
import filon.contracts.message.Topics;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rates rentals cumulatively and charges the difference to what is charged already.
 *
 * <p>Whatever was late, repeated or taken back: the sum of the charges is always the cost that was last said.
 */
@ApplicationScoped
@Transactional
public class Ratings {
    private final CostStore store;
    private final Meters meters;
    private final Holds holds;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration interval;

    Ratings(
            CostStore store,
            Meters meters,
            Holds holds,
            Ledger ledger,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "filon.rating.interval", defaultValue = "PT2S") Duration interval) {
        this.store = store;
        this.meters = meters;
        this.holds = holds;
        this.ledger = ledger;
        this.outbox = outbox;
        this.clock = clock;
        this.interval = interval;
    }

    /** The rentals whose cost may have changed and was not said within the interval. */
    public List<RentalId> due() {
        return store.due(clock.instant().minus(interval));
    }

    /** Brings the cost of a rental up to date: charges the difference, says the cost when it changed, watches the balance. */
    public void rate(RentalId rental) {
        holds.lock(rental).filter(Hold::isChargeable).ifPresent(hold -> {
            PostedCost posted = bringUpToDate(hold);
            holds.reach(hold, Long.toString(posted.version()));
        });
    }

    /** Brings the cost up to date for the last time; the caller holds the rental's lock. */
    @Transactional(Transactional.TxType.MANDATORY)
    PostedCost rateFinally(Hold hold) {
        return hold.isChargeable() ? bringUpToDate(hold) : PostedCost.none(hold.rental());
    }

    /** What the meters of a rental come to now, charged or not; empty for a rental billing does not know. */
    public Optional<Rating> ratingOf(RentalId rental) {
        return holds.find(rental).map(hold -> Rating.of(hold.terms().pricePerGpuHour(), meters.readings(rental)));
    }

    public Optional<PostedCost> posted(RentalId rental) {
        return store.find(rental);
    }

    private PostedCost bringUpToDate(Hold hold) {
        // the version first: usage that comes while we read the meters is rated again later, never missed
        long usageVersion = store.usageVersion(hold.rental());
        Rating rating = Rating.of(hold.terms().pricePerGpuHour(), meters.readings(hold.rental()));
        PostedCost before = store.find(hold.rental()).orElseGet(() -> PostedCost.none(hold.rental()));
        if (before.says(rating)) {
            store.save(before.ratedFrom(usageVersion), clock.instant());
            return before;
        }
        PostedCost now = before.next(rating, usageVersion);
        charge(hold, rating.cost().minus(before.cost()), now.version());
        store.save(now, clock.instant());
        outbox.append(
                Topics.BILLING_NOTICES,
                new CostPosted(
                        hold.customer(),
                        hold.rental(),
                        now.provenSeconds(),
                        now.cost(),
                        now.acceptedShares(),
                        now.rejectedShares(),
                        now.meteredUntil(),
                        now.version()));
        return now;
    }

    /** From the hold as far as it reaches, the rest from the wallet; back to the wallet where proven time was taken away. */
    private void charge(Hold hold, MicroEuro difference, long version) {
        if (difference.equals(MicroEuro.ZERO)) {
            return;
        }
        ledger.lock(hold.customer());
        Account account = Holds.account(hold);
        MicroEuro held = ledger.sumOf(account);
        MicroEuro fromHold =
                difference.isNegative() ? MicroEuro.ZERO : difference.compareTo(held) < 0 ? difference : held;
        MicroEuro fromWallet = difference.minus(fromHold);
        List<Posting> postings = new ArrayList<>();
        take(postings, account, fromHold);
        take(postings, new Account.Wallet(hold.customer()), fromWallet);
        postings.add(new Posting(new Account.Revenue(), difference));
        ledger.post(Entry.of(
                EntryKind.USAGE_CHARGED,
                "usage:" + hold.rental() + ":" + version,
                hold.customer(),
                "rental " + hold.rental(),
                postings));
    }

    private static void take(List<Posting> postings, Account account, MicroEuro amount) {
        if (!amount.equals(MicroEuro.ZERO)) {
            postings.add(new Posting(account, MicroEuro.ZERO.minus(amount)));
        }
    }
}
