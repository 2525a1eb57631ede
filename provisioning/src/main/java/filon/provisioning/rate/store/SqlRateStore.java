package filon.provisioning.rate.store;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.provisioning.database.Database;
import filon.provisioning.database.Database.Row;
import filon.provisioning.rate.RateStore;
import filon.provisioning.rate.Slowness;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

@ApplicationScoped
class SqlRateStore implements RateStore {
    private final Database database;

    SqlRateStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Known> known(GpuId gpu, Algorithm algorithm) {
        return database.first("""
                select m.median_hs, s.since, s.last_at, s.samples
                from gpu g join gpu_measured_rate m on m.gpu_id = g.gpu_id
                left join gpu_slowness s on s.gpu_id = g.gpu_id
                where g.gpu_id = ? and m.algorithm = ? and g.state = 'Healthy'
                """, SqlRateStore::known, gpu.value(), algorithm.label());
    }

    private static Known known(Row row) throws SQLException {
        HashRate median = HashRate.of(row.number("median_hs"));
        if (row.instantIfAny("since").isEmpty()) {
            return new Known(median, Optional.empty());
        }
        return new Known(
                median,
                Optional.of(new Slowness(
                        row.instant("since"), row.instant("last_at"), Math.toIntExact(row.number("samples")))));
    }

    @Override
    public void put(GpuId gpu, Slowness slowness) {
        database.write("""
                insert into gpu_slowness (gpu_id, since, last_at, samples) values (?, ?, ?, ?)
                on conflict (gpu_id) do update
                set since = excluded.since, last_at = excluded.last_at, samples = excluded.samples
                """, gpu.value(), slowness.since(), slowness.lastAt(), slowness.samples());
    }

    @Override
    public void forget(GpuId gpu) {
        database.write("delete from gpu_slowness where gpu_id = ?", gpu.value());
    }
}
