package filon.api.balance.store;

import filon.api.balance.Balance;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

@Entity
@Immutable
@Table(name = "balance")
class BalanceRow {
    @Id
    @Column(name = "customer_id")
    String customerId;

    long available;
    long held;
    long version;

    @Column(name = "as_of")
    Instant asOf;

    Balance balance() {
        return new Balance(
                CustomerId.of(customerId), MicroEuro.of(available), MicroEuro.of(held), version, Optional.of(asOf));
    }
}
