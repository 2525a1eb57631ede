package filon.api.rental;

import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The use cases of announced maintenance: the customers whose rentals it touches read of it in the rental and in its history, before it begins.
 *
 * <p>It moves no rental: what the host does then is news of its own.
 */
@ApplicationScoped
@Transactional
public class Maintenances {
    private final MaintenanceStore store;
    private final RentalStore rentals;
    private final TransitionStore transitions;
    private final Clock clock;

    Maintenances(MaintenanceStore store, RentalStore rentals, TransitionStore transitions, Clock clock) {
        this.store = store;
        this.rentals = rentals;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Said twice, or withdrawn before it came, it changes nothing. */
    public void announced(RentalId id, Maintenance announced) {
        Optional<Rental> rental = rentals.lock(id);
        if (rental.isPresent() && store.add(id, announced)) {
            note(
                    rental.get(),
                    "maintenance announced for " + announced.startsAt() + ": " + announced.reason() + "; "
                            + announced.consequence());
        }
    }

    public void withdrawn(RentalId id, LeaseId lease, UUID window) {
        Optional<Rental> rental = rentals.lock(id);
        if (rental.isPresent() && store.withdraw(id, lease, window)) {
            note(rental.get(), "announced maintenance withdrawn");
        }
    }

    /** What is ahead of the host that the rental works on now, the earliest first. */
    public List<Maintenance> of(Rental rental) {
        return rental.lease()
                .filter(lease -> !lease.isOver() && !rental.state().isFinal())
                .map(lease -> store.of(rental.id(), lease.leaseId()))
                .orElse(List.of());
    }

    private void note(Rental rental, String what) {
        transitions.note(rental.id(), clock.instant().truncatedTo(ChronoUnit.MICROS), rental.state(), what);
    }
}
