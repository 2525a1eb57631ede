package filon.api.rental;

import filon.api.catalogue.Offers;
import filon.api.catalogue.Quote;
import filon.api.identity.Caller;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.RentalId;
import filon.plumbing.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Orders, shows, pauses and ends rentals, and lets events move them: one method, one transaction, row and messages together. */
@ApplicationScoped
@Transactional
public class Rentals {
    private static final Logger LOG = Logger.getLogger(Rentals.class);
    private static final String ENDED_BY_CUSTOMER = "ended by the customer";

    private final RentalStore store;
    private final TransitionStore transitions;
    private final Offers offers;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Rentals(
            RentalStore store,
            TransitionStore transitions,
            Offers offers,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.transitions = transitions;
        this.offers = offers;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Stores the order at the price of this moment and asks billing to fund it.
     *
     * @throws ProblemException if an error stands against the wish, or the offer has no price yet
     */
    public Rental order(Caller caller, CheckedWish wish) {
        CheckedWish.Terms terms = wish.require();
        Quote quote = offers.quote(terms.offer())
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.UNAVAILABLE, "offer " + terms.offer() + " has no published price yet")));
        Order order = new Order(
                caller.customerId(),
                terms.offer(),
                terms.gpuCount(),
                terms.algorithm(),
                terms.pools(),
                quote.pricePerGpuHour(),
                quote.version());
        Rental rental = Rental.requested(RentalId.of(UUID.randomUUID()), caller.name(), order, now());
        store.add(rental);
        transitions.add(rental.id(), now(), rental.state());
        count(rental.state());
        outbox.append(Topics.RENTAL_NOTICES, new RentalNotice.Requested(rental.id(), order));
        return rental;
    }

    /** @throws ProblemException NOT_FOUND for an unknown rental and for another customer's alike */
    public Rental find(Caller caller, RentalId id) {
        return store.find(caller.customerId(), id).orElseThrow(() -> unknown(id));
    }

    public RentalPage list(Caller caller, Optional<Cursor> after, int limit) {
        return RentalPage.of(store.list(caller.customerId(), after, limit + 1), limit);
    }

    /**
     * The states the rental has been in, newest first.
     *
     * @throws ProblemException NOT_FOUND for an unknown rental and for another customer's alike
     */
    public TransitionPage history(Caller caller, RentalId id, TransitionRequest page) {
        find(caller, id);
        return TransitionPage.of(transitions.of(id, page.before(), page.limit() + 1), page.limit());
    }

    /** Of all customers; the door lets staff alone come here. */
    public RentalPage listAll(Optional<Cursor> after, int limit) {
        return RentalPage.of(store.listAll(after, limit + 1), limit);
    }

    /** Asks for the end; of a rental that ends or is over, nothing changes. */
    public Rental end(Caller caller, RentalId id) {
        Rental rental = own(caller, id);
        return apply(rental, new RentalEvent.EndAsked(now(), ENDED_BY_CUSTOMER)).orElse(rental);
    }

    /** @throws ProblemException CONFLICT, with the reason, if the rental does not work now */
    public Rental pause(Caller caller, RentalId id) {
        return insist(own(caller, id), new RentalEvent.PauseAsked(now()));
    }

    /** @throws ProblemException CONFLICT, with the reason, if the rental is neither paused nor suspended */
    public Rental resume(Caller caller, RentalId id) {
        return insist(own(caller, id), new RentalEvent.ResumeAsked(now()));
    }

    /** Lets an event of the platform move the rental; one that comes late, twice or for no rental of ours changes nothing. */
    public void hear(RentalId id, RentalEvent event) {
        Optional<Rental> rental = store.lock(id);
        if (rental.isEmpty()) {
            LOG.warnf("no rental %s for %s", id, event.getClass().getSimpleName());
            return;
        }
        apply(rental.get(), event);
    }

    /** Rentals whose deadline has passed. */
    public List<RentalId> overdue(int limit) {
        return store.overdue(now(), limit);
    }

    /** Takes silence as the answer, if the rental's deadline has passed. */
    public void noticeSilence(RentalId id) {
        hear(id, new RentalEvent.SilenceNoticed(now()));
    }

    private Rental own(Caller caller, RentalId id) {
        return store.lock(caller.customerId(), id).orElseThrow(() -> unknown(id));
    }

    private Optional<Rental> apply(Rental rental, RentalEvent event) {
        return switch (RentalMoves.on(rental, event)) {
            case RentalMoves.Moved moved -> Optional.of(commit(rental, moved));
            case RentalMoves.Refused refused -> {
                LOG.debugf("rental %s: %s", rental.id(), refused.why());
                yield Optional.empty();
            }
        };
    }

    private Rental insist(Rental rental, RentalEvent event) {
        return switch (RentalMoves.on(rental, event)) {
            case RentalMoves.Moved moved -> commit(rental, moved);
            case RentalMoves.Refused refused ->
                throw new ProblemException(Problem.of(ProblemCode.CONFLICT, refused.why()));
        };
    }

    private Rental commit(Rental before, RentalMoves.Moved moved) {
        RentalState next = moved.next().state();
        store.save(moved.next());
        boolean isElsewhere = !before.state().name().equals(next.name());
        if (isElsewhere) {
            count(next);
        }
        if (isElsewhere || !before.state().reason().equals(next.reason())) {
            transitions.add(before.id(), now(), next);
        }
        moved.messages().forEach(message -> outbox.append(Topics.RENTAL_NOTICES, message));
        return moved.next();
    }

    private void count(RentalState entered) {
        metrics.counter("filon.rental.moves", "to", entered.name()).increment();
    }

    /** What PostgreSQL can keep: microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException unknown(RentalId id) {
        return new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no rental " + id + " of yours"));
    }
}
