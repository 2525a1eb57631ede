package filon.testkit.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;

/** Brings a running broker to what the data says; whatever is so already is left alone. */
final class BrokerAdministration implements AutoCloseable {
    private static final int ANSWER_WITHIN_SECONDS = 30;
    private static final int SCRAM_ITERATIONS = 4096;
    private final Admin admin;

    BrokerAdministration(Map<String, Object> settings) {
        this.admin = Admin.create(settings);
    }

    /** The cluster's id, once its broker takes part in it. */
    Optional<String> clusterId() throws IOException, InterruptedException {
        if (await(admin.describeCluster().nodes()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(await(admin.describeCluster().clusterId()));
    }

    /** Adds the users that are missing; a user that exists keeps its password. */
    void completeUsers(List<String> users, String password) throws IOException, InterruptedException {
        Set<String> known =
                await(admin.describeUserScramCredentials().users()).stream().collect(Collectors.toSet());
        List<UserScramCredentialAlteration> missing = users.stream()
                .filter(user -> !known.contains(user))
                .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS), password))
                .toList();
        if (!missing.isEmpty()) {
            await(admin.alterUserScramCredentials(missing).all());
        }
    }

    void completeTopics(List<BrokerData.Topic> wanted) throws IOException, InterruptedException {
        Set<String> known = await(admin.listTopics().names());
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !known.contains(topic.name()))
                .map(BrokerData.Topic::toNewTopic)
                .toList();
        if (!missing.isEmpty()) {
            await(admin.createTopics(missing).all());
        }
        List<BrokerData.Topic> present =
                wanted.stream().filter(topic -> known.contains(topic.name())).toList();
        if (!present.isEmpty()) {
            growPartitions(present);
            alignSettings(present);
        }
    }

    private void growPartitions(List<BrokerData.Topic> present) throws IOException, InterruptedException {
        Map<String, TopicDescription> known = await(admin.describeTopics(
                        present.stream().map(BrokerData.Topic::name).toList())
                .allTopicNames());
        Map<String, NewPartitions> more = present.stream()
                .filter(topic -> known.get(topic.name()).partitions().size() < topic.partitions())
                .collect(Collectors.toMap(
                        BrokerData.Topic::name, topic -> NewPartitions.increaseTo(topic.partitions())));
        if (!more.isEmpty()) {
            await(admin.createPartitions(more).all());
        }
    }

    private void alignSettings(List<BrokerData.Topic> present) throws IOException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> settings = present.stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        topic -> topic.configs().entrySet().stream()
                                .map(entry -> new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                                .toList()));
        await(admin.incrementalAlterConfigs(settings).all());
    }

    void completeRules(Collection<AclBinding> wanted) throws IOException, InterruptedException {
        Set<AclBinding> missing = new HashSet<>(wanted);
        missing.removeAll(await(admin.describeAcls(AclBindingFilter.ANY).values()));
        if (!missing.isEmpty()) {
            await(admin.createAcls(missing).all());
        }
    }

    private static <T> T await(KafkaFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer within " + ANSWER_WITHIN_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
