package filon.billing.journey;

import filon.contracts.message.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One real Kafka broker in a process of its own, from the released jars that the kafka module lays out. */
public final class TestBroker implements QuarkusTestResourceLifecycleManager {
    private Process process;
    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("billing-kafka");
            int port = freePort();
            Path settings = settings(port, freePort());
            java("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", settings.toString())
                    .waitFor(60, TimeUnit.SECONDS);
            process = java("kafka.Kafka", settings.toString());
            String address = "127.0.0.1:" + port;
            createTopics(address);
            return Map.of("kafka.bootstrap.servers", address);
        } catch (IOException e) {
            throw new UncheckedIOException("the journey of billing needs a Kafka broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + folder, e);
        }
    }

    private static void createTopics(String address) throws InterruptedException {
        List<NewTopic> topics = Topics.fixed().stream()
                .map(name -> new NewTopic(name, 2, (short) 1))
                .toList();
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "default.api.timeout.ms", 60_000);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the broker at " + address + " did not come up", e);
        }
    }

    private Path settings(int port, int controllerPort) throws IOException {
        return Files.writeString(
                folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(port, controllerPort, folder.resolve("log")));
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
