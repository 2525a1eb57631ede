package filon.billing.price.store;

import filon.billing.price.Price;
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
@Table(name = "price")
class PriceRow {
    @Embeddable
    record Id(String offer, int version) {}

    @EmbeddedId
    Id id;

    @Column(name = "per_gpu_hour")
    long perGpuHour;

    @Column(name = "valid_from")
    Instant validFrom;

    @Column(name = "added_by")
    String addedBy;

    @Column(name = "added_at")
    Instant addedAt;

    static PriceRow of(Price price, String addedBy, Instant addedAt) {
        PriceRow row = new PriceRow();
        row.id = new Id(price.offer().sku(), price.version());
        row.perGpuHour = price.perGpuHour().amount();
        row.validFrom = price.validFrom();
        row.addedBy = addedBy;
        row.addedAt = addedAt;
        return row;
    }

    Price price() {
        return new Price(Sku.of(id.offer()), id.version(), MicroEuro.of(perGpuHour), validFrom);
    }
}
