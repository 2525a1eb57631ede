package filon.api.rental;

import filon.contracts.value.CustomerId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps rentals. What a customer may see is always asked for with the customer's id. */
public interface RentalStore {
    Optional<Rental> find(CustomerId owner, RentalId id);

    /** The rental, with everybody else shut out until the transaction ends; for events of the platform itself. */
    Optional<Rental> lock(RentalId id);

    /** The owner's rental, with everybody else shut out until the transaction ends. */
    Optional<Rental> lock(CustomerId owner, RentalId id);

    /** Newest first, after the cursor. */
    List<Rental> list(CustomerId owner, Optional<Cursor> after, int limit);

    /** Of all customers, newest first: for staff. */
    List<Rental> listAll(Optional<Cursor> after, int limit);

    /** Rentals whose deadline has passed. */
    List<RentalId> overdue(Instant now, int limit);

    void add(Rental rental);

    void save(Rental rental);
}
