package filon.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.testkit.Ports;
import filon.testkit.RepositoryRoot;
import filon.testkit.process.Folders;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresTest {
    @TempDir
    static Path folder;

    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), Ports.free());
    }

    @BeforeEach
    void running() throws Exception {
        postgres.start();
    }

    @AfterAll
    static void end() throws Exception {
        postgres.destroy();
    }

    @Test
    void commitsSurviveTheKillOfTheServer() throws Exception {
        // Given
        try (Connection connection = postgres.connect("billing", "billing");
                Statement sql = connection.createStatement()) {
            sql.execute("create table kept (n int)");
            for (int n = 1; n <= 50; n++) {
                sql.execute("insert into kept values (" + n + ")");
            }
        }
        long before = postgres.pid();

        // When
        postgres.kill();
        assertThat(postgres.isAlive()).isFalse();
        postgres.start();

        // Then
        assertThat(postgres.pid()).isNotEqualTo(before);
        assertThat(value("billing", "billing", "select count(*) from kept")).isEqualTo("50");
    }

    @Test
    void startsBesideBackendsThatOutlivedTheirServer() throws Exception {
        // Given
        ProcessHandle backend;
        try (Connection idle = postgres.connect("api", "api")) {
            long pid = Long.parseLong(value(idle, "select pg_backend_pid()"));
            backend = ProcessHandle.of(pid).orElseThrow();
            new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + pid + "; kill -KILL " + postgres.pid())
                    .start()
                    .waitFor();
            ProcessHandle.of(postgres.pid()).ifPresent(server -> server.onExit().join());
            assertThat(backend.isAlive()).isTrue();

            // When
            postgres.start();
        }

        // Then
        assertThat(backend.isAlive()).isFalse();
        assertThat(value("api", "api", "select 1")).isEqualTo("1");
    }

    @Test
    void takesOverFromASupervisorThatDied() throws Exception {
        // Given
        long orphan = postgres.pid();

        // When
        Postgres next = new Postgres(folder.resolve("postgres"), folder.resolve("postgres.log"), postgres.port());

        // Then
        assertThat(next.isAlive()).isTrue();
        assertThat(next.pid()).isEqualTo(orphan);
    }

    @Test
    void rolesCannotConnectToEachOthersDatabases() {
        // Given
        List<String> names = List.of("api", "provisioning", "billing");

        for (String role : names) {
            for (String database : List.of("api", "provisioning", "billing", "postgres", "template1")) {
                if (!role.equals(database)) {
                    // When // Then
                    assertThatThrownBy(() -> postgres.connect(database, role).close())
                            .as("%s on %s", role, database)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("permission denied for database");
                }
            }
        }
    }

    @Test
    void refusesAWrongPassword() {
        // When // Then
        assertThatThrownBy(() -> new org.postgresql.Driver()
                        .connect(postgres.jdbcUrl("api") + "?user=api&password=other", new java.util.Properties()))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void runsWithTheDurableSettings() throws Exception {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(value("postgres", "postgres", "show " + setting))
                    .as(setting)
                    .isEqualTo("on");
        }
        assertThat(value("postgres", "postgres", "show unix_socket_directories"))
                .isEmpty();
    }

    @Test
    void hasNoneOfTheRightsOfRoot() throws Exception {
        assertThat(capabilities(postgres.pid())).isIn("0000000000000000", "0000000000000002");
    }

    /** Which there are differs: an ordinary user has one, root in a container often no user namespace. */
    static List<Unprivileged> waysOfThisMachine() throws Exception {
        Path binaries = Files.createDirectories(RepositoryRoot.infra("postgres", "target"));
        List<Unprivileged> ways = new ArrayList<>();
        for (Unprivileged way : Unprivileged.values()) {
            if (way.works(binaries)) {
                ways.add(way);
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("waysOfThisMachine")
    void keepsCommitsInEveryWayToBeLessThanRoot(Unprivileged way) throws Exception {
        // Given a folder that everybody may enter, or one that only its owner may
        boolean closed = way == Unprivileged.OTHER_USER_IN_CLOSED_FOLDERS;
        Path place = Files.createTempDirectory("filon-postgres");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(closed ? "rwx------" : "rwxr-xr-x"));
        Postgres one = new Postgres(place.resolve("data"), place.resolve("log"), Ports.free(), way);

        // When
        try {
            one.start();
            try (Connection connection = one.connect("api", "api");
                    Statement sql = connection.createStatement()) {
                sql.execute("create table kept as select 7 as n");
            }
            one.kill();
            one.start();

            // Then
            try (Connection connection = one.connect("api", "api")) {
                assertThat(value(connection, "select n from kept")).isEqualTo("7");
            }
            assertThat(capabilities(one.pid())).isEqualTo(closed ? "0000000000000002" : "0000000000000000");
        } finally {
            one.destroy();
            Folders.delete(place);
        }
    }

    @Test
    void choosesTheWayThatReachesItsFolders() throws Exception {
        // Given
        Path closed = Files.createDirectories(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        // When // Then
        assertThat(Unprivileged.OTHER_USER.works(closed)).isFalse();
        assertThat(Unprivileged.here(closed).works(closed)).isTrue();
    }

    /** The effective capabilities of a process, as sixteen hexadecimal digits. */
    private static String capabilities(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .findFirst()
                .orElseThrow()
                .substring("CapEff:".length())
                .strip();
    }

    @Test
    void listensOnTheLoopbackAddressAlone() throws Exception {
        // Given
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();

        // When // Then
        assertThat(value("postgres", "postgres", "show listen_addresses")).isEqualTo("127.0.0.1");
        for (InetAddress other : others) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(other, postgres.port()), 500);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void givesEachTestAFreshDatabaseOfTheRole() throws Exception {
        // When
        String first = postgres.freshDatabase("billing");
        String second = postgres.freshDatabase("billing");

        // Then
        assertThat(first).isNotEqualTo(second);
        assertThat(value(first, "billing", "select current_user")).isEqualTo("billing");
        assertThatThrownBy(() -> postgres.connect(first, "api").close()).hasMessageContaining("permission denied");
    }

    @Test
    void failureNamesTheLogAndItsLastLines() throws Exception {
        // Given
        Path log = folder.resolve("second.log");
        Postgres onTakenPort = new Postgres(folder.resolve("second"), log, postgres.port());

        // When // Then
        assertThatThrownBy(onTakenPort::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(log.toString())
                .hasMessageContaining("Address already in use");
        assertThat(onTakenPort.isAlive()).isFalse();
        assertThat(Files.size(log)).isPositive();
    }

    private static String value(String database, String role, String query) throws SQLException {
        try (Connection connection = postgres.connect(database, role)) {
            return value(connection, query);
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
