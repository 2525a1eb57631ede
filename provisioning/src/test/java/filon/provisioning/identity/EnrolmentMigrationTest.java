package filon.provisioning.identity;

import static org.assertj.core.api.Assertions.assertThat;

import filon.testkit.Ports;
import filon.testkit.postgres.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of hosts that enrolled before identities were kept. */
class EnrolmentMigrationTest {
    private static final String BEFORE = """
            insert into host (id, name, site, state, reason, since, version, certificate_serial, certificate_ends, topics_ready)
            values ('00000000-0000-4000-8000-00000000000a', 'a', 'lyon', 'InService', '', now(), 1, 'aa', now(), true),
                   ('00000000-0000-4000-8000-00000000000b', 'b', 'lyon', 'Enrolled', '', now(), 1, 'bb', now(), false);
            insert into host_liveness (host_id, incarnation, generation, agent_version, reported_at, connectivity)
            values ('00000000-0000-4000-8000-00000000000a', 7, 1, '0.1.0', now(), 'ONLINE');
            """;

    @TempDir
    Path folder;

    private Postgres postgres;

    @BeforeEach
    void start() throws Exception {
        postgres = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Ports.free());
        postgres.start();
    }

    @AfterEach
    void stop() throws IOException {
        postgres.destroy();
    }

    @Test
    void hostsOfBeforeKeepTheirEnrolmentTheirCertificateAndTheirRights() throws Exception {
        String url = postgres.jdbcUrl(postgres.freshDatabase("provisioning"));
        try (Connection connection = DriverManager.getConnection(url, "provisioning", Postgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            // Given
            statement.execute(migration("V0100__provisioning.sql"));
            statement.execute(BEFORE);

            // When
            statement.execute(migration("V0110__enrolment.sql"));

            // Then
            assertThat(text(statement, """
                    select string_agg(h.name || ' ' || i.enrolment || ' ' || (i.confirmed_at is not null) || ' '
                                      || (i.access_told = i.access_version) || ' ' || c.serial, ', ' order by h.name)
                    from host h join host_identity i on i.host_id = h.id join host_certificate c on c.host_id = h.id
                    """)).isEqualTo("a 1 true true aa, b 1 false false bb");
            assertThat(text(statement, "select instance || (begun_at = reported_at) from host_liveness"))
                    .isEqualTo("true");
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static String migration(String name) throws IOException {
        try (InputStream file = EnrolmentMigrationTest.class.getResourceAsStream("/db/migration/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
