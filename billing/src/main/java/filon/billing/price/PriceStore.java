package filon.billing.price;

import filon.contracts.value.Sku;
import java.util.List;
import java.util.Optional;

/** Where prices are kept: insert-only. */
public interface PriceStore {
    Optional<Price> find(Sku offer, int version);

    Optional<Price> newest(Sku offer);

    /** Lets one transaction at a time add versions of this offer. */
    void lock(Sku offer);

    void add(Price price, String addedBy);

    /** The versions nobody was told of yet, noted as told by this transaction; oldest first. */
    List<Price> takeUnpublished();
}
