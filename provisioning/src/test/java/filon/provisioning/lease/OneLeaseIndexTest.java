package filon.provisioning.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.provisioning.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** On a copy of the table, in a schema that nobody else sees and that is rolled back: the index alone is what keeps two leases off. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class OneLeaseIndexTest {
    @Inject
    DataSource dataSource;

    @Test
    void withoutTheIndexOneGpuCouldBeLeasedTwice() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // Given
                sql.execute("create schema scratch");
                sql.execute("create table scratch.gpu_allocation (like public.gpu_allocation including all)");
                String index = index(sql);

                // Then
                lease(sql);
                sql.execute("savepoint one");
                assertThatThrownBy(() -> lease(sql)).hasMessageContaining(index);
                sql.execute("rollback to savepoint one");

                // When
                sql.execute("drop index scratch." + index);
                lease(sql);

                // Then
                assertThat(liveLeases(sql)).isEqualTo(2);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static String index(Statement sql) throws SQLException {
        try (ResultSet found = sql.executeQuery("""
                select copy.indexname from pg_indexes copy, pg_indexes original
                where copy.schemaname = 'scratch' and original.indexname = 'one_live_lease_per_gpu'
                  and copy.indexdef like 'CREATE UNIQUE INDEX % USING btree (gpu_id) WHERE (released_at IS NULL)'
                  and original.indexdef like 'CREATE UNIQUE INDEX % USING btree (gpu_id) WHERE (released_at IS NULL)'
                """)) {
            assertThat(found.next()).as("one_live_lease_per_gpu and its copy").isTrue();
            return found.getString(1);
        }
    }

    private static void lease(Statement sql) throws SQLException {
        sql.execute("insert into scratch.gpu_allocation (lease_id, gpu_id, host_id, rental_id) values ('"
                + UUID.randomUUID() + "', 'the GPU', '" + UUID.randomUUID() + "', '" + UUID.randomUUID() + "')");
    }

    private static long liveLeases(Statement sql) throws SQLException {
        try (ResultSet count = sql.executeQuery(
                "select count(*) from scratch.gpu_allocation where gpu_id = 'the GPU' and released_at is null")) {
            count.next();
            return count.getLong(1);
        }
    }
}
