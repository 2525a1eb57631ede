package filon.billing.rating.store;

import filon.billing.database.Database;
import filon.billing.rating.CostStore;
import filon.billing.rating.PostedCost;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Posted costs in PostgreSQL. */
@ApplicationScoped
class SqlCostStore implements CostStore {
    private final Database database;

    SqlCostStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<PostedCost> find(RentalId rental) {
        return database.selectFirst(
                """
                select version, proven_seconds, cost, accepted, rejected, metered_until, usage_version from rental_cost
                where rental_id = ?""",
                row -> new PostedCost(
                        rental,
                        row.getLong("version"),
                        row.getLong("proven_seconds"),
                        MicroEuro.of(row.getLong("cost")),
                        row.getLong("accepted"),
                        row.getLong("rejected"),
                        Database.instant(row, "metered_until"),
                        row.getLong("usage_version")),
                rental.value());
    }

    @Override
    public void save(PostedCost cost, Instant ratedAt) {
        database.change(
                """
                insert into rental_cost(rental_id, version, proven_seconds, cost, accepted, rejected, metered_until,
                    usage_version, rated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (rental_id) do update set version = excluded.version,
                    proven_seconds = excluded.proven_seconds, cost = excluded.cost, accepted = excluded.accepted,
                    rejected = excluded.rejected, metered_until = excluded.metered_until,
                    usage_version = excluded.usage_version, rated_at = excluded.rated_at""",
                cost.rental().value(),
                cost.version(),
                cost.provenSeconds(),
                cost.cost().amount(),
                cost.acceptedShares(),
                cost.rejectedShares(),
                cost.meteredUntil(),
                cost.usageVersion(),
                ratedAt);
    }

    @Override
    public long usageVersion(RentalId rental) {
        return database.selectFirst(
                        "select version from rental_usage where rental_id = ?", row -> row.getLong(1), rental.value())
                .orElse(0L);
    }

    @Override
    public List<RentalId> due(Instant before) {
        return database.select("""
                select u.rental_id from rental_usage u
                join hold h on h.rental_id = u.rental_id and h.round > 0 and h.state in ('PLACED', 'EXHAUSTED', 'ENDING')
                left join rental_cost c on c.rental_id = u.rental_id
                where u.version > coalesce(c.usage_version, 0) and (c.rated_at is null or c.rated_at <= ?)
                order by c.rated_at nulls first limit 500""", row -> RentalId.of(row.getObject(1, UUID.class)), before);
    }
}
