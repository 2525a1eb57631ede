package filon.api.usage;

import filon.api.fleet.Fleet;
import filon.api.fleet.Reading;
import filon.api.identity.Caller;
import filon.api.rental.Rental;
import filon.api.rental.Rentals;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts together what people want to see of rentals. */
@ApplicationScoped
@Transactional
public class Usages {
    private final Rentals rentals;
    private final Fleet fleet;
    private final CostStore store;
    private final Clock clock;

    Usages(Rentals rentals, Fleet fleet, CostStore store, Clock clock) {
        this.rentals = rentals;
        this.fleet = fleet;
        this.store = store;
        this.clock = clock;
    }

    /** @throws filon.contracts.problem.ProblemException NOT_FOUND for an unknown rental and for another customer's alike */
    public Usage of(Caller caller, RentalId rental) {
        return of(List.of(rentals.find(caller, rental))).getFirst();
    }

    /** The usage of rentals that the caller was already allowed to see, in their order. */
    public List<Usage> of(List<Rental> seen) {
        List<RentalId> ids = seen.stream().map(Rental::id).toList();
        Map<RentalId, Cost> costs =
                store.find(ids).stream().collect(Collectors.toMap(Cost::rental, Function.identity()));
        Map<RentalId, List<Reading>> readings = fleet.readings(ids);
        return seen.stream()
                .map(rental -> new Usage(
                        rental,
                        costs.getOrDefault(rental.id(), Cost.none(rental.id())),
                        readings.getOrDefault(rental.id(), List.of()),
                        clock.instant()))
                .toList();
    }

    /** Keeps what billing posted, unless something newer was heard. */
    public void posted(Cost cost) {
        store.keep(cost);
    }
}
