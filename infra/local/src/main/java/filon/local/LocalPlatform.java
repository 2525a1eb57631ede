package filon.local;

import filon.testkit.kafka.KafkaBroker;
import filon.testkit.kafka.KafkaPorts;
import filon.testkit.keycloak.Keycloak;
import filon.testkit.postgres.Postgres;
import filon.testkit.process.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every part of Filon on this machine: PostgreSQL, Kafka, Keycloak, the three services, one agent, the practice pool, each in
 * its own process, all data below one directory.
 */
public final class LocalPlatform implements AutoCloseable {
    /** The password that all local servers share; for this machine only. */
    public static final String PASSWORD = "local-dev-only";

    private static final List<String> AUTHORITY_FILES = List.of(
            "ca.pem",
            "ca.key",
            "broker.pem",
            "provisioning.pem",
            "provisioning.key",
            "control-plane.key",
            "control-plane.pub",
            "uplink.secret");
    /** The supervisor says itself what is ready; lists of features and doubled gauges are nobody's business. */
    private static final Map<String, String> QUIET = Map.of(
            "quarkus.log.category.\"io.quarkus\".level", "WARN",
            "quarkus.log.category.\"io.micrometer\".level", "ERROR");

    /** Of the one machine, so that its host needs no person to be confirmed. */
    private static final String SERIAL = "local-machine";

    private static final String FLEET = "fleet";
    private static final Duration SERVICE_PATIENCE = Duration.ofSeconds(120);

    private static final int BROKER_HEAP_MEBIBYTES = 256;

    private final Path root;
    private final Path data;
    private final Ports ports;
    private final Console console;
    private final Supervisor supervisor;
    private final LeftOvers leftOvers;
    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, Map<String, String>> overrides = new HashMap<>();
    private int hostsExpected;
    private Web web;

    /**
     * @param root the repository
     * @param data where everything is kept; made when missing
     */
    public LocalPlatform(Path root, Path data, Ports ports, Console console) {
        this.root = root.toAbsolutePath().normalize();
        this.data = data.toAbsolutePath().normalize();
        this.ports = ports;
        this.console = console;
        this.supervisor = new Supervisor(console);
        this.leftOvers = new LeftOvers(this.data);
    }

    /** A setting of a service that shall differ from the usual ones; to be called before {@link #start}. */
    public LocalPlatform with(String service, String key, String value) {
        overrides.computeIfAbsent(service, name -> new HashMap<>()).put(key, value);
        return this;
    }

    /** Makes room for so many hosts beside the one agent; to be called before {@link #start}. */
    public LocalPlatform expecting(int hosts) {
        hostsExpected = hosts;
        return this;
    }

    /**
     * Starts everything and returns when the agent is enrolled; on data of an earlier run it goes on where that ended.
     *
     * @throws IOException if a part does not start; {@link #close} then stops the others
     */
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(data);
        leftOvers.stop(console);
        requireFreePorts();
        makeAuthority();
        web = Web.trusting(authority("ca.pem"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> identities = threads.submit(task(() -> supervisor.start(List.of(keycloak()))));
            supervisor.start(List.of(postgres(), kafka(), pool()));
            supervisor.start(List.of(provisioning(), billing(), api()));
            identities.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        supervisor.start(List.of(agent()));
        supervisor.watch();
    }

    /** A task that may fail. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static Callable<Void> task(Step step) {
        return () -> {
            step.run();
            return null;
        };
    }

    private void requireFreePorts() throws IOException {
        Map<Integer, String> taken = ports.taken();
        if (!taken.isEmpty()) {
            throw new IOException("ports are in use by other processes: " + taken
                    + "; choose others with --port-base (now " + ports.base() + ")");
        }
    }

    private void makeAuthority() throws IOException, InterruptedException {
        Path directory = data.resolve("authority");
        if (AUTHORITY_FILES.stream().allMatch(file -> Files.exists(directory.resolve(file)))) {
            return;
        }
        Path application = root.resolve("provisioning/target/quarkus-app");
        Process made = new ProcessBuilder(
                        RunningJvm.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        application.resolve("app") + "/*:" + application.resolve("lib/main") + "/*",
                        "filon.provisioning.authority.AuthorityMain",
                        "--directory",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        said.lines().forEach(line -> console.line("authority", line));
        if (made.waitFor() != 0) {
            throw new IOException("the internal authority could not be made: " + said.strip());
        }
    }

    private Part postgres() {
        Postgres server = Postgres.supervised(data.resolve("postgres"), log("postgres"), ports.postgres());
        return server(
                "postgres", new Server.Hands(server::start, server::stop, server::kill, server::isAlive, server::pid));
    }

    private Part kafka() {
        KafkaBroker server = KafkaBroker.supervised(new KafkaBroker.Place(
                        data.resolve("kafka"),
                        log("kafka"),
                        data.resolve("authority"),
                        new KafkaPorts(ports.kafka(), ports.kafkaAgents(), ports.kafkaController())))
                .withHeap(BROKER_HEAP_MEBIBYTES + hostsExpected);
        if (hostsExpected > 0) {
            server.starved();
        }
        return server(
                "kafka", new Server.Hands(server::start, server::stop, server::kill, server::isAlive, server::pid));
    }

    private Part keycloak() {
        Keycloak server = Keycloak.supervised(data.resolve("keycloak"), log("keycloak"), ports.keycloak());
        return server(
                "keycloak", new Server.Hands(server::start, server::stop, server::kill, server::isAlive, server::pid));
    }

    private Part server(String name, Server.Hands hands) {
        return known(new Server(name, hands, leftOvers));
    }

    private Path log(String name) {
        return data.resolve("logs").resolve(name + ".log");
    }

    private Part pool() {
        List<String> command = Stream.concat(
                        Stream.of(
                                RunningJvm.java(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath(),
                                "filon.practice.PracticePoolMain"),
                        Stream.of("--port", String.valueOf(ports.pool()), "--difficulty", "0.01"))
                .toList();
        return service("pool", command, this::poolListens);
    }

    /** Ours, made absolute: the process runs in a directory of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean poolListens() throws IOException {
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), ports.pool())) {
            return socket.isConnected();
        }
    }

    private Part provisioning() throws IOException {
        Map<String, String> settings = settings("provisioning");
        settings.put("filon.provisioning.port", String.valueOf(ports.provisioning()));
        settings.put("filon.authority.directory", data.resolve("authority").toString());
        settings.put("filon.enrolment.brokers", "127.0.0.1:" + ports.kafkaAgents());
        settings.put("filon.pools.allowed", "127.0.0.1/32");
        // a second of each run tells whether it works; nobody sells what a laptop hashes
        settings.put("filon.burn-in.benchmark-seconds", "1");
        Service.configure(data.resolve("provisioning"), settings);
        return quarkus("provisioning", provisioningUrl());
    }

    private Part billing() throws IOException {
        Map<String, String> settings = settings("billing");
        settings.put("filon.billing.port", String.valueOf(ports.billing()));
        settings.put("filon.uplink.secret-file", authority("uplink.secret").toString());
        Service.configure(data.resolve("billing"), settings);
        return quarkus("billing", billingUrl());
    }

    private Part api() throws IOException {
        Map<String, String> settings = settings("api");
        settings.put("filon.api.port", String.valueOf(ports.api()));
        settings.put("filon.pools.allowed", "127.0.0.1/32");
        Service.configure(data.resolve("api"), settings);
        return quarkus("api", apiUrl());
    }

    private Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>(QUIET);
        settings.put("filon." + name + ".jdbc-url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + name);
        settings.put("filon." + name + ".database-user", name);
        settings.put("filon." + name + ".database-password", PASSWORD);
        settings.put("filon.oidc.url", realmUrl());
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka());
        settings.put("kafka.security.protocol", "SASL_PLAINTEXT");
        settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name + "\" password=\""
                        + PASSWORD + "\";");
        settings.putAll(overrides.getOrDefault(name, Map.of()));
        return settings;
    }

    private Part quarkus(String name, String url) {
        return service(
                name,
                java("-Xmx256m", root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar")),
                () -> web.get(url + "/q/health/ready", null).status() == 200);
    }

    private static List<String> java(String heap, Path jar) {
        return List.of(
                RunningJvm.java(),
                "-Xms48m",
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-jar",
                jar.toString());
    }

    private Part agent() throws IOException, InterruptedException {
        Path directory = data.resolve("agent");
        Path identity = agentHome().resolve("identity/identity.json");
        Map<String, String> settings = new HashMap<>(QUIET);
        settings.put("filon.agent.home", agentHome().toString());
        settings.put("filon.agent.name", "local-host");
        settings.put("filon.agent.serial", SERIAL);
        settings.put("filon.agent.provisioning-url", provisioningUrl());
        settings.put("filon.agent.authority-file", authority("ca.pem").toString());
        settings.put(
                "filon.agent.engine-directory",
                root.resolve("worker-agent/engine/target").toString());
        settings.put("filon.agent.stop-workloads-on-exit", "true");
        settings.put("filon.agent.workload-niceness", "10");
        settings.put("filon.meter.keep-trimmed", "true");
        if (Files.notExists(identity)) {
            settings.put(
                    "filon.agent.enrolment-token-file",
                    enrolmentToken(directory).toString());
        }
        Service.configure(directory, settings);
        return service(
                "agent",
                java("-Xmx96m", root.resolve("worker-agent/target/quarkus-app/quarkus-run.jar")),
                () -> Files.exists(identity));
    }

    private Path enrolmentToken(Path directory) throws IOException, InterruptedException {
        String token = web.post(
                        provisioningUrl() + "/admin/enrolment-tokens",
                        operatorToken(),
                        Map.of("name", "local-host", "site", "local", "serial", SERIAL),
                        null)
                .orFail("asking for an enrolment token")
                .body()
                .path("token")
                .asText();
        Path file = Files.createDirectories(directory).resolve("enrolment-token");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, token + "\n");
    }

    /** Starts a fleet of simulated hosts beside the platform, which runs; its hosts start when they have a token. */
    void startFleet(FleetWish wish) throws IOException, InterruptedException {
        Path directory = fleetFolder();
        List<String> command = Stream.concat(
                        Stream.of(
                                RunningJvm.java(),
                                "-Xms64m",
                                "-Xmx" + wish.heapMebibytes() + "m",
                                "-Xss256k",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dorg.jboss.logging.provider=slf4j",
                                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=error",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + wish.logLevel(),
                                "-cp",
                                root.resolve("infra/simulated-hosts/target/classes") + ":"
                                        + root.resolve("infra/simulated-hosts/target/lib") + "/*",
                                "filon.simulation.SimulatedHostsMain",
                                "--home",
                                directory.toString(),
                                "--provisioning-url",
                                provisioningUrl(),
                                "--authority-file",
                                authority("ca.pem").toString()),
                        wish.arguments().stream())
                .toList();
        Service.Plan plan =
                new Service.Plan(FLEET, directory, command, () -> true, SERVICE_PATIENCE, FleetWish.FAREWELL);
        supervisor.start(List.of(known(new Service(plan, console, leftOvers))));
    }

    /** Holds the homes and tokens of simulated hosts. */
    Path fleetFolder() {
        return data.resolve(FLEET);
    }

    private Part service(String name, List<String> command, Service.Ready ready) {
        return known(new Service(
                new Service.Plan(name, data.resolve(name), command, ready, SERVICE_PATIENCE), console, leftOvers));
    }

    private Part known(Part part) {
        parts.put(part.name(), part);
        return part;
    }

    /** @throws IllegalArgumentException if there is no part of this name */
    public Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("part " + name + " is not one of " + parts.keySet());
        }
        return part;
    }

    public Path authority(String file) {
        return data.resolve("authority").resolve(file);
    }

    public Path agentHome() {
        return data.resolve("agent/home");
    }

    public Ports ports() {
        return ports;
    }

    public Web web() {
        return web;
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + ports.api();
    }

    public String consoleUrl() {
        return apiUrl() + "/console/fleet";
    }

    public String provisioningUrl() {
        return "https://127.0.0.1:" + ports.provisioning();
    }

    public String billingUrl() {
        return "http://127.0.0.1:" + ports.billing();
    }

    public String realmUrl() {
        return "http://127.0.0.1:" + ports.keycloak() + "/realms/filon";
    }

    /** The practice pool as customers name it. */
    public String poolAddress() {
        return "stratum+tcp://127.0.0.1:" + ports.pool();
    }

    public String operatorToken() throws IOException, InterruptedException {
        return tokenOf("demo-operator");
    }

    public String customerToken() throws IOException, InterruptedException {
        return tokenOf("demo-customer");
    }

    /** A fresh access token of a demo user; user names are their own passwords here. */
    public String tokenOf(String user) throws IOException, InterruptedException {
        return web.token(realmUrl(), user, user);
    }

    /** Stops everything in order: the agent, the services, then the servers. */
    @Override
    public void close() {
        supervisor.stop();
    }
}
