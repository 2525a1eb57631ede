package filon.provisioning.enrolment.kafka;

import filon.contracts.value.HostId;
import filon.provisioning.enrolment.HostTopics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;

/**
 * Makes topics and rules, and takes rules away, with one admin client, opened at the first host.
 *
 * <p>Many hosts may be told of at a time: the client is safe for that, and a fleet that enrols does not queue here.
 */
@ApplicationScoped
class KafkaHostTopics implements HostTopics {
    private static final int ANSWER_WITHIN_MILLIS = 8_000;
    private final Map<String, Object> kafka;
    private final AgentAccess access;
    private final HostQuotas quotas;
    private Admin admin;

    KafkaHostTopics(@Identifier("default-kafka-broker") Map<String, Object> kafka, HostQuotas quotas) {
        this.kafka = kafka;
        this.quotas = quotas;
        try {
            this.access = AgentAccess.read();
        } catch (IOException e) {
            throw new UncheckedIOException("the access rules of agents cannot be read", e);
        }
    }

    @Override
    public void make(HostId host, int enrolment) {
        // rules first: a host may look at its topics as soon as they are there
        await(admin().createAcls(access.rulesOf(host, enrolment)).all(), "the access rules of host " + host);
        List<NewTopic> topics = access.topicsOf(host);
        admin().createTopics(topics).values().forEach((name, made) -> await(made, "topic " + name));
        limit(quotas.of(host, enrolment), host);
    }

    @Override
    public void withdraw(HostId host, int through) {
        if (through < 1) {
            return;
        }
        List<AclBindingFilter> rules = IntStream.rangeClosed(1, through)
                .mapToObj(enrolment -> access.everyRuleOf(host, enrolment))
                .toList();
        await(admin().deleteAcls(rules).all(), "the end of the access rules of host " + host);
        limit(quotas.withoutRights(host, through), host);
    }

    private void limit(List<ClientQuotaAlteration> wanted, HostId host) {
        if (!wanted.isEmpty()) {
            await(admin().alterClientQuotas(wanted).all(), "the quotas of host " + host);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
            admin = null;
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS / 2);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
            admin = Admin.create(settings);
        }
        return admin;
    }

    private static void await(KafkaFuture<?> answer, String what) {
        try {
            answer.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(what + " could not be made: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("no broker answered for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making " + what, e);
        }
    }
}
