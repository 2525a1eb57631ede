package filon.api.rental;

import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.util.List;
import java.util.UUID;

/** Keeps what was announced to rentals; a withdrawal that comes before its announcement is kept, too. */
public interface MaintenanceStore {
    /** @return false if the announcement is known, or was withdrawn */
    boolean add(RentalId rental, Maintenance announced);

    /** @return false if that is known */
    boolean withdraw(RentalId rental, LeaseId lease, UUID window);

    /** What stands for this lease, the earliest first. */
    List<Maintenance> of(RentalId rental, LeaseId lease);
}
