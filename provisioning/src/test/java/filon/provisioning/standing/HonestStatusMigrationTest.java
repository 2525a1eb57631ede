package filon.provisioning.standing;

import static org.assertj.core.api.Assertions.assertThat;

import filon.provisioning.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What becomes of things that came into their state before reasons had codes. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class HonestStatusMigrationTest {
    private static final List<String> BEFORE = List.of(
            "V0100__provisioning.sql",
            "V0101__leader.sql",
            "V0102__safety.sql",
            "V0103__workload_observation_since.sql",
            "V0110__enrolment.sql",
            "V0120__placement.sql",
            "V0130__burn_in.sql");
    private static final String ROWS = """
            insert into host (id, name, site, state, reason, since, version)
            values ('00000000-0000-4000-8000-00000000000a', 'a', 'lyon', 'InService', 'works', now(), 1),
                   ('00000000-0000-4000-8000-00000000000b', 'b', 'lyon', 'Quarantined', 'hot', now(), 1);
            insert into gpu (gpu_id, host_id, description, present, seen_at, state, reason, since)
            values ('a/0', '00000000-0000-4000-8000-00000000000a', '{}', true, now(), 'Healthy', 'tested', now()),
                   ('a/1', '00000000-0000-4000-8000-00000000000a', '{}', false, now(), 'Failed', 'gone', now());
            insert into demand (rental_id, state, epoch, sequence, since)
            values ('00000000-0000-4000-8000-00000000000c', 'Placed', 1, 1, now());
            insert into lease (id, rental_id, epoch, host_id, wish, gpu_ids, state, reason, granted_at, authorised_until,
                               renew_at, ordered_at)
            values ('00000000-0000-4000-8000-00000000000d', '00000000-0000-4000-8000-00000000000c', 1,
                    '00000000-0000-4000-8000-00000000000a', '{}', '[]', 'Granted', 'placed', now(), now(), now(), now());
            insert into workload (lease_id, gpu_id, state, reason, since, incarnation, reported_at)
            values ('00000000-0000-4000-8000-00000000000d', 'a/0', 'RUNNING', 'hashing', now(), 1, now()),
                   ('00000000-0000-4000-8000-00000000000d', 'a/1', 'NO_POOL', 'refused', now(), 1, now());
            insert into incident (id, at, severity, kind, host, detail, times, last_at)
            values ('00000000-0000-4000-8000-00000000000e', now(), 'WARNING', 'UPLINK_REFUSED',
                    '00000000-0000-4000-8000-00000000000a', 'forged', 1, now());
            """;

    @Inject
    DataSource dataSource;

    @Test
    void whatWasThereBeforeSaysSoOrTheOneReasonThatItCanHave() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // Given
                statement.execute("create schema before; set local search_path to before");
                for (String file : BEFORE) {
                    statement.execute(migration(file));
                }
                statement.execute(ROWS);

                // When
                statement.execute(migration("V0150__honest_status.sql"));

                // Then
                assertThat(text(statement, "select string_agg(name || ' ' || code, ', ' order by name) from host"))
                        .isEqualTo("a WORKING, b BEFORE_CODES");
                assertThat(text(statement, "select string_agg(gpu_id || ' ' || code, ', ' order by gpu_id) from gpu"))
                        .isEqualTo("a/0 HEALTHY_BEFORE, a/1 BEFORE_CODES");
                assertThat(text(statement, "select code || (since = granted_at) from lease"))
                        .isEqualTo("PLACEDtrue");
                assertThat(text(statement, """
                        select string_agg(shown_state || ' ' || shown_code, ', ' order by gpu_id) from workload
                        """)).isEqualTo("RUNNING HASHING, NO_POOL BEFORE_CODES");
                assertThat(text(statement, "select count(*) || ' ' || count(from_state) from transition"))
                        .isEqualTo("7 0");
                assertThat(text(statement, "select count(*) from transition_contradiction"))
                        .isEqualTo("0");
            } finally {
                connection.rollback();
            }
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static String migration(String name) throws IOException {
        try (InputStream file = HonestStatusMigrationTest.class.getResourceAsStream("/db/migration/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
