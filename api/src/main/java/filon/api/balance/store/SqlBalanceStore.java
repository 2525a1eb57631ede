package filon.api.balance.store;

import filon.api.balance.Balance;
import filon.api.balance.BalanceStore;
import filon.contracts.value.CustomerId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** The newest version wins in the database itself, whatever the order of arrival. */
@ApplicationScoped
class SqlBalanceStore implements BalanceStore {
    private static final String UPSERT = """
            insert into balance(customer_id, available, held, version, as_of) values (?1, ?2, ?3, ?4, ?5)
            on conflict (customer_id) do update
            set available = excluded.available, held = excluded.held, version = excluded.version, as_of = excluded.as_of
            where balance.version < excluded.version""";
    private final EntityManager entities;

    SqlBalanceStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Optional<Balance> find(CustomerId customer) {
        return entities.createQuery("from BalanceRow where customerId = ?1", BalanceRow.class)
                .setParameter(1, customer.value())
                .getResultStream()
                .findFirst()
                .map(BalanceRow::balance);
    }

    @Override
    public void keep(Balance balance) {
        entities.createNativeQuery(UPSERT)
                .setParameter(1, balance.customer().value())
                .setParameter(2, balance.available().amount())
                .setParameter(3, balance.held().amount())
                .setParameter(4, balance.version())
                .setParameter(5, balance.asOf().orElseThrow())
                .executeUpdate();
    }
}
