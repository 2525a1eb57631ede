package filon.api.catalogue;

import filon.contracts.value.Sku;
import java.time.Instant;
import java.util.Optional;

/** Keeps the prices that billing published. */
public interface PriceStore {
    /** Keeps a price; a version that is here already stays as it is. */
    void keep(Quote quote);

    /** The newest version that is valid at that instant. */
    Optional<Quote> validAt(Sku offer, Instant instant);
}
