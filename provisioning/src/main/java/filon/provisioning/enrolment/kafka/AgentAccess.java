package filon.provisioning.enrolment.kafka;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What every host gets in Kafka, as data: {@code {host}} stands for its id, {@code {principal}} for the user of its enrolment.
 *
 * <p>All rules are literal and allow; what no rule allows is denied by the brokers.
 */
record AgentAccess(String principal, List<Topic> topics, List<Rule> rules) {
    static final String RESOURCE = "/kafka/agent-acls.json";
    private static final String HOST = "{host}";
    private static final String PRINCIPAL = "{principal}";

    /** A topic of the host's own. */
    record Topic(String name, int partitions, Map<String, String> configs) {}

    /** What the host may do with one topic. */
    record Rule(String topic, List<AclOperation> operations) {}

    /** @throws IOException if the data is missing or not of this shape */
    static AgentAccess read() throws IOException {
        try (InputStream data = AgentAccess.class.getResourceAsStream(RESOURCE)) {
            if (data == null) {
                throw new IOException("resource " + RESOURCE + " is not in this build");
            }
            return MessageCodec.parse(data.readAllBytes(), AgentAccess.class);
        } catch (UnusableMessageException e) {
            throw new IOException("resource " + RESOURCE + " is not usable", e);
        }
    }

    List<NewTopic> topicsOf(HostId host) {
        return topics.stream()
                .map(topic -> new NewTopic(of(topic.name(), host), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.configs()))
                .toList();
    }

    List<AclBinding> rulesOf(HostId host, int enrolment) {
        String user = user(host, enrolment);
        return rules.stream()
                .flatMap(rule -> rule.operations().stream()
                        .map(operation -> new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, of(rule.topic(), host), PatternType.LITERAL),
                                new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW))))
                .toList();
    }

    /** Every rule that names the user of this enrolment, whatever it allows. */
    AclBindingFilter everyRuleOf(HostId host, int enrolment) {
        return new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(user(host, enrolment), null, AclOperation.ANY, AclPermissionType.ANY));
    }

    private String user(HostId host, int enrolment) {
        return principal.replace(PRINCIPAL, Topics.principal(host, enrolment));
    }

    private static String of(String template, HostId host) {
        return template.replace(HOST, host.toString());
    }
}
