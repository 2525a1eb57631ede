package filon.api.rental.store;

import filon.api.rental.Cursor;
import filon.api.rental.Rental;
import filon.api.rental.RentalStore;
import filon.contracts.value.CustomerId;
import filon.contracts.value.RentalId;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rentals in PostgreSQL; a customer's questions always carry the customer's id into the query. */
@ApplicationScoped
class PanacheRentalStore implements RentalStore, PanacheRepositoryBase<RentalRow, UUID> {
    private static final String NEWEST_FIRST = " order by createdAt desc, id desc";
    private static final String OWN = "id = ?1 and customerId = ?2";

    private final PoolSeal seal;

    PanacheRentalStore(PoolSeal seal) {
        this.seal = seal;
    }

    @Override
    public Optional<Rental> find(CustomerId owner, RentalId id) {
        return find(OWN, id.value(), owner.value()).firstResultOptional().map(row -> row.rental(seal));
    }

    @Override
    public Optional<Rental> lock(RentalId id) {
        return locked(find("id", id.value()));
    }

    @Override
    public Optional<Rental> lock(CustomerId owner, RentalId id) {
        return locked(find(OWN, id.value(), owner.value()));
    }

    @Override
    public List<Rental> list(CustomerId owner, Optional<Cursor> after, int limit) {
        String text = owner.value();
        return page(
                after.map(cursor -> find(
                                "customerId = ?1 and (createdAt < ?2 or createdAt = ?2 and id < ?3)" + NEWEST_FIRST,
                                text,
                                cursor.createdAt(),
                                cursor.id()))
                        .orElseGet(() -> find("customerId = ?1" + NEWEST_FIRST, text)),
                limit);
    }

    @Override
    public List<Rental> listAll(Optional<Cursor> after, int limit) {
        return page(
                after.map(cursor -> find(
                                "(createdAt < ?1 or createdAt = ?1 and id < ?2)" + NEWEST_FIRST,
                                cursor.createdAt(),
                                cursor.id()))
                        .orElseGet(() -> find("1 = 1" + NEWEST_FIRST)),
                limit);
    }

    @Override
    public List<RentalId> overdue(Instant now, int limit) {
        return find("deadline <= ?1 order by deadline", now).page(0, limit).stream()
                .map(row -> RentalId.of(row.id))
                .toList();
    }

    @Override
    public void add(Rental rental) {
        // at once: its first transition, written in plain SQL, refers to it
        persistAndFlush(RentalRow.of(rental, seal));
    }

    @Override
    public void save(Rental rental) {
        findById(rental.id().value()).take(rental);
    }

    private Optional<Rental> locked(PanacheQuery<RentalRow> query) {
        return query.withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .map(row -> row.rental(seal));
    }

    private List<Rental> page(PanacheQuery<RentalRow> query, int limit) {
        return query.page(0, limit).stream().map(row -> row.rental(seal)).toList();
    }
}
