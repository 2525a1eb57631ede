package filon.api.rental;

import java.util.List;
import java.util.Optional;

/** Some rentals, newest first, and where the next page begins. */
public record RentalPage(List<Rental> items, Optional<Cursor> next) {
    public static final int LIMIT_MAX = 200;

    public RentalPage {
        items = List.copyOf(items);
    }

    /** @param found one more than {@code limit} when there is a next page */
    static RentalPage of(List<Rental> found, int limit) {
        if (found.size() <= limit) {
            return new RentalPage(found, Optional.empty());
        }
        List<Rental> items = found.subList(0, limit);
        return new RentalPage(items, Optional.of(Cursor.of(items.getLast())));
    }
}
