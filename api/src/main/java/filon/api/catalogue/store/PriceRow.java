package filon.api.catalogue.store;

import filon.api.catalogue.Quote;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

@Entity
@Immutable
@Table(name = "published_price")
class PriceRow {
    @Embeddable
    record Id(String offer, int version) {}

    @EmbeddedId
    Id id;

    @Column(name = "per_gpu_hour")
    long perGpuHour;

    @Column(name = "valid_from")
    Instant validFrom;

    static PriceRow of(Quote quote) {
        PriceRow row = new PriceRow();
        row.id = new Id(quote.offer().sku(), quote.version());
        row.perGpuHour = quote.pricePerGpuHour().amount();
        row.validFrom = quote.validFrom();
        return row;
    }

    Quote quote() {
        return new Quote(Sku.of(id.offer()), id.version(), MicroEuro.of(perGpuHour), validFrom);
    }
}
