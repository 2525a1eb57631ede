package filon.api.catalogue.store;

import filon.api.catalogue.PriceStore;
import filon.api.catalogue.Quote;
import filon.contracts.value.Sku;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Every version is kept: orders name theirs. */
@ApplicationScoped
class PanachePriceStore implements PriceStore, PanacheRepositoryBase<PriceRow, PriceRow.Id> {
    @Override
    public void keep(Quote quote) {
        PriceRow row = PriceRow.of(quote);
        if (findByIdOptional(row.id).isEmpty()) {
            persist(row);
        }
    }

    @Override
    public Optional<Quote> validAt(Sku offer, Instant instant) {
        return find("id.offer = ?1 and validFrom <= ?2 order by id.version desc", offer.sku(), instant)
                .page(0, 1)
                .firstResultOptional()
                .map(PriceRow::quote);
    }
}
