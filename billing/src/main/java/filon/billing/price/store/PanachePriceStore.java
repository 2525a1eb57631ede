package filon.billing.price.store;

import filon.billing.database.Database;
import filon.billing.price.Price;
import filon.billing.price.PriceStore;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Prices in PostgreSQL; triggers refuse every change of a row. */
@ApplicationScoped
class PanachePriceStore implements PriceStore, PanacheRepositoryBase<PriceRow, PriceRow.Id> {
    private final Database database;
    private final Clock clock;

    PanachePriceStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Price> find(Sku offer, int version) {
        return findByIdOptional(new PriceRow.Id(offer.sku(), version)).map(PriceRow::price);
    }

    @Override
    public Optional<Price> newest(Sku offer) {
        return find("id.offer = ?1 order by id.version desc", offer.sku())
                .page(0, 1)
                .firstResultOptional()
                .map(PriceRow::price);
    }

    @Override
    public void lock(Sku offer) {
        database.lockName("price " + offer);
    }

    @Override
    public void add(Price price, String addedBy) {
        persistAndFlush(PriceRow.of(price, addedBy, clock.instant()));
    }

    @Override
    public List<Price> takeUnpublished() {
        return database.select(
                """
                with taken as (
                    insert into price_publication(offer, version) select offer, version from price
                    on conflict do nothing returning offer, version)
                select offer, version, per_gpu_hour, valid_from from price join taken using (offer, version)
                order by offer, version""",
                row -> new Price(
                        Sku.of(row.getString("offer")),
                        row.getInt("version"),
                        MicroEuro.of(row.getLong("per_gpu_hour")),
                        Database.instant(row, "valid_from")));
    }
}
