package filon.provisioning;

import filon.contracts.message.Topics;
import filon.provisioning.authority.AuthorityDirectory;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real PostgreSQL, and a real Kafka broker that decides by access rules and shows agents the certificate that our own authority
 * made for it.
 */
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {
    private static final int PARTITIONS = 2;
    private EmbeddedPostgres postgres;
    private Process broker;
    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("provisioning-platform");
            Path authority = folder.resolve("authority");
            AuthorityDirectory.complete(authority, List.of("127.0.0.1"), Clock.systemUTC());
            postgres = EmbeddedPostgres.builder().start();
            int port = freePort();
            int agentPort = freePort();
            startBroker(settings(port, agentPort, freePort(), authority));
            createTopics("127.0.0.1:" + port);
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    postgres.getJdbcUrl("postgres", "postgres"),
                    "quarkus.datasource.username",
                    "postgres",
                    "quarkus.datasource.password",
                    "postgres",
                    "kafka.bootstrap.servers",
                    "127.0.0.1:" + port,
                    "filon.authority.directory",
                    authority.toString(),
                    "filon.enrolment.brokers",
                    "127.0.0.1:" + agentPort);
        } catch (IOException e) {
            throw new UncheckedIOException("the tests of provisioning need PostgreSQL and a Kafka broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.destroyForcibly().onExit().join();
        }
        try {
            if (postgres != null) {
                postgres.close();
            }
            try (Stream<Path> left = Files.walk(folder)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + folder, e);
        }
    }

    private static void createTopics(String address) throws InterruptedException {
        List<NewTopic> topics = Topics.fixed().stream()
                .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address, "default.api.timeout.ms", 60_000))) {
            admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker at " + address + " did not come up", e);
        }
    }

    private Path settings(int port, int agentPort, int controllerPort, Path authority) throws IOException {
        return Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%3$d
                listeners=INTERNAL://127.0.0.1:%1$d,MTLS://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                advertised.listeners=INTERNAL://127.0.0.1:%1$d,MTLS://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=INTERNAL
                listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,MTLS:SSL
                listener.name.mtls.ssl.client.auth=required
                listener.name.mtls.ssl.keystore.type=PEM
                listener.name.mtls.ssl.keystore.location=%4$s/broker.pem
                listener.name.mtls.ssl.truststore.type=PEM
                listener.name.mtls.ssl.truststore.location=%4$s/ca.pem
                listener.name.mtls.ssl.principal.mapping.rules=RULE:^.*CN=(agent-[a-z0-9-]+).*$/$1/,RULE:^.*$/unmapped/
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                allow.everyone.if.no.acl.found=false
                log.dirs=%5$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(
                        port, agentPort, controllerPort, authority, folder.resolve("log")));
    }

    private void startBroker(Path settings) throws IOException, InterruptedException {
        java("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", settings.toString())
                .waitFor(60, TimeUnit.SECONDS);
        broker = java("kafka.Kafka", settings.toString());
    }

    private Process java(String main, String... arguments) throws IOException {
        Path jars = Path.of(System.getProperty("filon.root"), "infra/kafka/target/broker");
        if (!Files.isDirectory(jars)) {
            throw new IOException("folder " + jars + " is missing: build the module infra/kafka first");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(java, "-Xmx256m", "-cp", jars + "/*", main), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(main + ".log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
