package filon.testkit.postgres;

import filon.testkit.RepositoryRoot;
import filon.testkit.process.Folders;
import filon.testkit.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;

/**
 * A real, durable PostgreSQL on 127.0.0.1 with the databases of {@code infra/postgres/databases.json}.
 *
 * <p>A commit that was answered survives {@link #kill}. {@link #start} works on a fresh directory, on the one of a stopped
 * server and on the one of a killed server whose backends are still there. Each database belongs to a login role of its own that
 * cannot connect to the others.
 */
public final class Postgres {
    /** The password of every role of a local server: local-dev-only. */
    public static final String PASSWORD = "local-dev-only";

    private static final String SUPERUSER = "postgres";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Path cluster;
    private final int port;
    private final Unprivileged.Choice choice;
    private final ServerProcess process;

    /**
     * @param data the server's directory; made when missing
     * @param log the file its messages are appended to
     */
    public Postgres(Path data, Path log, int port) {
        this(data, log, port, false, Unprivileged::here);
    }

    /** One whose way to be less than root is given. */
    Postgres(Path data, Path log, int port, Unprivileged way) {
        this(data, log, port, false, folders -> way);
    }

    private Postgres(Path data, Path log, int port, boolean supervised, Unprivileged.Choice choice) {
        this.cluster = data.toAbsolutePath().normalize().resolve("cluster");
        this.port = port;
        this.choice = choice;
        this.process = new ServerProcess(
                new ServerProcess.Plan("PostgreSQL", log, data.toAbsolutePath().resolve("postgres.pid"), supervised));
    }

    /** One that does not end with this JVM by itself: the caller stops it in an order of his own. */
    public static Postgres supervised(Path data, Path log, int port) {
        return new Postgres(data, log, port, true, Unprivileged::here);
    }

    /** Returns when the databases can be used; nothing happens if this one runs already. */
    public void start() throws IOException, InterruptedException {
        if (isAlive()) {
            return;
        }
        Path binaries = Files.createDirectories(RepositoryRoot.infra("postgres", "target"));
        Unprivileged unprivileged = choice.in(binaries, Files.createDirectories(cluster.getParent()));
        PostgresInstallation installation = PostgresInstallation.ready(unprivileged);
        endLeftOvers();
        installation.copyCluster(cluster);
        process.start(unprivileged.command(command(installation)), Map.of(), cluster.getParent());
        process.awaitReady(this::answers, START_WITHIN);
        createDatabases();
    }

    private List<String> command(PostgresInstallation installation) throws IOException {
        List<String> command = new ArrayList<>(List.of(installation.program("postgres"), "-D", cluster.toString()));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = ServerSettings.read(RepositoryRoot.infra("postgres", "postgresql.conf"));
        settings.put("port", String.valueOf(port));
        settings.put("listen_addresses", "127.0.0.1");
        // after a kill -9 the lock of a socket file looks alive from within a user namespace
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("shared_buffers", "64MB");
        settings.put("max_wal_size", "256MB");
        return settings;
    }

    /** Kills every process that works in the cluster's directory; only then its lock file may go. */
    private void endLeftOvers() throws IOException {
        process.kill();
        if (Files.notExists(cluster)) {
            return;
        }
        Path real = cluster.toRealPath();
        ProcessHandle.allProcesses().filter(other -> worksIn(other, real)).forEach(ServerProcess::killTree);
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static boolean worksIn(ProcessHandle other, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(other.pid()), "cwd"))
                    .equals(folder);
        } catch (IOException e) {
            return false; // gone meanwhile, or another user's and so not ours
        }
    }

    private boolean answers() throws IOException {
        try (Connection connection = connect(SUPERUSER, SUPERUSER);
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("show data_directory")) {
            // another server may hold the port; it must not pass for this one
            return row.next() && Path.of(row.getString(1)).equals(cluster);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void createDatabases() throws IOException {
        try (Connection connection = connect(SUPERUSER, SUPERUSER);
                Statement sql = connection.createStatement()) {
            sql.execute("revoke connect on database postgres, template1 from public");
            for (DatabasePlan plan : DatabasePlan.all()) {
                if (isMissing(sql, "select 1 from pg_roles where rolname = '" + plan.owner() + "'")) {
                    sql.execute("create role " + plan.owner() + " login password '" + plan.password() + "'");
                }
                createDatabase(sql, plan.name(), plan.owner());
            }
        } catch (SQLException e) {
            throw process.failure("could not make its databases", new IOException(e.getMessage(), e));
        }
    }

    private static void createDatabase(Statement sql, String name, String owner) throws SQLException {
        if (isMissing(sql, "select 1 from pg_database where datname = '" + name + "'")) {
            sql.execute("create database " + name + " owner " + owner);
        }
        sql.execute("revoke connect, temporary on database " + name + " from public");
    }

    private static boolean isMissing(Statement sql, String query) throws SQLException {
        try (ResultSet found = sql.executeQuery(query)) {
            return !found.next();
        }
    }

    /** Ends connections and transactions, writes a checkpoint, and returns when the server is gone. */
    public void stop() {
        process.stop("INT", STOP_WITHIN);
        try {
            endLeftOvers();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's directory " + cluster + " cannot be read", e);
        }
    }

    /** SIGKILL for the server and all its backends. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The postmaster's process id. */
    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    /** The address of a database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection of a role with the local password; {@code postgres} is the superuser. */
    public Connection connect(String database, String role) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", PASSWORD);
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "30");
        return new Driver().connect(jdbcUrl(database), login);
    }

    /** Makes an empty database that belongs to the role, for one test class, and returns its name. */
    public String freshDatabase(String role) {
        String name = DatabasePlan.requireName("role", role) + "_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        try (Connection connection = connect(SUPERUSER, SUPERUSER);
                Statement sql = connection.createStatement()) {
            createDatabase(sql, name, role);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no fresh database " + name + " for role " + role, e);
        }
    }

    /** Stops the server and deletes its directory. */
    public void destroy() throws IOException {
        kill();
        endLeftOvers();
        Folders.delete(cluster.getParent());
    }
}
