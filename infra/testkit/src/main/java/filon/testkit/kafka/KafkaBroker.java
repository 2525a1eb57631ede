package filon.testkit.kafka;

import filon.testkit.Ports;
import filon.testkit.RepositoryRoot;
import filon.testkit.process.Commands;
import filon.testkit.process.Folders;
import filon.testkit.process.RunningJvm;
import filon.testkit.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * A real Kafka broker from its released jars, in its own process on 127.0.0.1, with the settings, topics, users and access rules
 * of {@code infra/kafka}.
 *
 * <p>Services come in over SCRAM ({@link #clientOf}), agents over mutual TLS ({@link #clientOfAgent}); what no rule allows is
 * denied. {@link #start} works on a fresh directory and on that of a stopped or killed broker, also with other ports than before.
 */
public final class KafkaBroker {
    /** The password of every user of a local broker: local-dev-only. */
    public static final String PASSWORD = "local-dev-only";

    private static final String ADMIN = "admin";
    private static final Duration START_WITHIN = Duration.ofSeconds(90);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(12);
    private static final Duration SESSION_USUAL = Duration.ofSeconds(3);
    private static final Duration SESSION_STARVED = Duration.ofSeconds(9);

    private final Place place;
    private final ServerProcess process;
    private int heapMebibytes = 256;
    private Duration session = SESSION_USUAL;

    /**
     * Where a broker lives.
     *
     * @param data its directory; made when missing
     * @param log the file its messages are appended to
     * @param pki the directory with {@code ca.pem} and {@code broker.pem} (PKCS#8 key followed by the certificate)
     */
    public record Place(Path data, Path log, Path pki, KafkaPorts ports) {
        public Place {
            data = data.toAbsolutePath().normalize();
            log = log.toAbsolutePath().normalize();
            pki = pki.toAbsolutePath().normalize();
        }

        private Path logDirectory() {
            return data.resolve("log");
        }
    }

    public KafkaBroker(Place place) {
        this(place, false);
    }

    private KafkaBroker(Place place, boolean supervised) {
        this.place = place;
        this.process = new ServerProcess(
                new ServerProcess.Plan("Kafka", place.log(), place.data().resolve("kafka.pid"), supervised));
    }

    /** One that does not end with this JVM by itself: the caller stops it in an order of his own. */
    public static KafkaBroker supervised(Place place) {
        return new KafkaBroker(place, true);
    }

    /** Each connection of an agent takes about 100 KiB of it; to be called before {@link #start}. */
    public KafkaBroker withHeap(int mebibytes) {
        heapMebibytes = mebibytes;
        return this;
    }

    /** Shares its machine with so much that it may get no CPU for seconds; after a kill -9 it is back later; to be called before {@link #start}. */
    public KafkaBroker starved() {
        session = SESSION_STARVED;
        return this;
    }

    /** Returns when topics, users and rules are there; nothing happens if this one runs already. */
    public void start() throws IOException, InterruptedException {
        if (isAlive()) {
            return;
        }
        process.kill();
        for (String file : List.of("ca.pem", "broker.pem")) {
            if (!Files.isReadable(place.pki().resolve(file))) {
                throw new IOException(
                        "Kafka needs " + place.pki().resolve(file) + ", which is missing or not readable");
            }
        }
        for (int port : place.ports().all()) {
            Ports.requireFree("Kafka", port);
        }
        Files.createDirectories(place.data());
        Folders.once(place.logDirectory(), this::format);
        Path settings = settings("server.properties", place.logDirectory());
        process.start(command(settings), Map.of(), place.data());
        process.awaitReady(this::listens, START_WITHIN);
        complete();
    }

    private void format(Path folder) throws IOException, InterruptedException {
        Path settings = settings("format.properties", folder);
        List<String> command = new ArrayList<>(java("kafka.tools.StorageTool"));
        command.addAll(List.of("format", "--cluster-id", randomId(), "--config", settings.toString()));
        command.addAll(List.of("--add-scram", "SCRAM-SHA-512=[name=" + ADMIN + ",password=" + PASSWORD + "]"));
        Commands.run(command);
    }

    /** A cluster id: 16 random bytes in Base64 for URLs; none begins with a minus, which the tool would take for an option. */
    private static String randomId() {
        byte[] bytes = UUID.randomUUID()
                .toString()
                .replace("-", "")
                .substring(0, 16)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Path settings(String name, Path logDirectory) throws IOException {
        String text = Files.readString(RepositoryRoot.infra("kafka", "server.properties"))
                .replace("${port.internal}", String.valueOf(place.ports().internal()))
                .replace("${port.agents}", String.valueOf(place.ports().agents()))
                .replace("${port.controller}", String.valueOf(place.ports().controller()))
                .replace("${session.timeout}", String.valueOf(session.toMillis()))
                .replace("${pki}", place.pki().toString())
                .replace("${password}", PASSWORD)
                .replace("${data}", logDirectory.toString());
        return Files.writeString(place.data().resolve(name), text);
    }

    private List<String> command(Path settings) {
        List<String> command = new ArrayList<>(java("kafka.Kafka"));
        command.add(settings.toString());
        return command;
    }

    private List<String> java(String mainClass) {
        Path jars = RepositoryRoot.infra("kafka", "target", "broker");
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(
                    "no broker jars in " + jars + ": run 'mvn -q -pl infra/kafka generate-resources'");
        }
        return List.of(
                RunningJvm.java(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.authorizer.logger=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                jars + "/*",
                mainClass);
    }

    private boolean listens() throws IOException {
        for (int port : List.of(place.ports().internal(), place.ports().agents())) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            }
        }
        return true;
    }

    private void complete() throws IOException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(clientOf(ADMIN));
        settings.put("reconnect.backoff.ms", "50");
        settings.put("request.timeout.ms", "10000");
        try (BrokerAdministration administration = new BrokerAdministration(settings)) {
            process.awaitReady(
                    () -> administration.clusterId().filter(clusterId()::equals).isPresent(), START_WITHIN);
            BrokerData.Rules rules = BrokerData.rules();
            administration.completeUsers(rules.users(), PASSWORD);
            administration.completeTopics(BrokerData.topics().topics());
            administration.completeRules(rules.bindings());
        } catch (IOException e) {
            throw process.failure("could not get its topics and rules", e);
        }
    }

    /** The id of the cluster in this directory: another broker on the same port must not pass for this one. */
    private String clusterId() throws IOException {
        Properties meta = new Properties();
        try (var text = Files.newBufferedReader(place.logDirectory().resolve("meta.properties"))) {
            meta.load(text);
        }
        return meta.getProperty("cluster.id");
    }

    /**
     * Does for a host what its enrolment does: its two topics and its rights from {@code agent-acls.json}.
     *
     * @param host the host's id, without the prefix {@code agent-}
     */
    public void enrol(String host) throws IOException, InterruptedException {
        BrokerData.AgentAccess access = BrokerData.agentAccess();
        try (BrokerAdministration administration = new BrokerAdministration(new HashMap<>(clientOf(ADMIN)))) {
            administration.completeRules(access.bindingsOf(host));
            administration.completeTopics(access.topicsOf(host));
        }
    }

    public void stop() {
        process.stop("TERM", STOP_WITHIN);
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public KafkaPorts ports() {
        return place.ports();
    }

    /** The address for services. */
    public String bootstrap() {
        return "127.0.0.1:" + place.ports().internal();
    }

    /** The address for agents. */
    public String agentsBootstrap() {
        return "127.0.0.1:" + place.ports().agents();
    }

    /** Client settings of a user: {@code api}, {@code provisioning}, {@code billing}, or {@code admin}, who may do everything. */
    public Map<String, String> clientOf(String user) {
        return KafkaClients.ofUser(bootstrap(), user, PASSWORD);
    }

    /** Client settings of an agent; the PEM file holds its key and its certificate. */
    public Map<String, String> clientOfAgent(Path identity) {
        return KafkaClients.ofAgent(agentsBootstrap(), place.pki().resolve("ca.pem"), identity);
    }
}
