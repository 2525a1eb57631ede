package filon.testkit.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What {@code infra/kafka} says as data: topics and access rules. */
final class BrokerData {
    private static final String USER = "User:";

    private BrokerData() {}

    /** A topic and its settings. */
    record Topic(String name, int partitions, Map<String, String> configs) {
        NewTopic toNewTopic() {
            return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        }

        private Topic of(String host) {
            return new Topic(name.replace(AgentAccess.HOST, host), partitions, configs);
        }
    }

    /** {@code topics.json}. */
    record Topics(List<Topic> topics) {}

    /** One line of {@code acls.json}: what one principal may do with resources of one name or prefix. */
    record Rule(
            String principal, ResourceType resource, PatternType pattern, String name, List<AclOperation> operations) {
        Stream<AclBinding> bindings() {
            return operations.stream()
                    .map(operation -> new AclBinding(
                            new ResourcePattern(resource, name, pattern),
                            new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
    }

    /** {@code acls.json}. */
    record Rules(List<Rule> rules) {
        List<AclBinding> bindings() {
            return rules.stream().flatMap(Rule::bindings).toList();
        }

        List<String> users() {
            return rules.stream()
                    .map(Rule::principal)
                    .filter(principal -> principal.startsWith(USER))
                    .map(principal -> principal.substring(USER.length()))
                    .distinct()
                    .toList();
        }
    }

    /**
     * {@code agent-acls.json}: the topics and rights of one host, whose id goes where {@code {host}} stands, and the principal of its
     * first enrolment where {@code {principal}} does.
     */
    record AgentAccess(String principal, List<Topic> topics, List<AgentRule> rules) {
        private static final String HOST = "{host}";
        private static final String PRINCIPAL = "{principal}";

        record AgentRule(String topic, List<AclOperation> operations) {}

        List<Topic> topicsOf(String host) {
            return topics.stream().map(topic -> topic.of(host)).toList();
        }

        List<AclBinding> bindingsOf(String host) {
            return rules.stream()
                    .map(rule -> new Rule(
                            principal.replace(PRINCIPAL, "agent-" + host),
                            ResourceType.TOPIC,
                            PatternType.LITERAL,
                            rule.topic().replace(HOST, host),
                            rule.operations()))
                    .flatMap(Rule::bindings)
                    .toList();
        }
    }

    static Topics topics() throws IOException {
        return read("topics.json", Topics.class);
    }

    static Rules rules() throws IOException {
        return read("acls.json", Rules.class);
    }

    static AgentAccess agentAccess() throws IOException {
        return read("agent-acls.json", AgentAccess.class);
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        return new ObjectMapper().readValue(RepositoryRoot.infra("kafka", file).toFile(), type);
    }
}
