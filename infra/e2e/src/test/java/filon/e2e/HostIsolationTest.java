package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.Topics;
import filon.contracts.value.HostId;
import filon.local.LocalPlatform;
import java.io.IOException;
import java.util.UUID;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the certificate of an enrolled host opens at the real broker, and what it does not. */
@ExtendWith(OnRealPlatform.class)
class HostIsolationTest {
    private static final byte[] ANYTHING = {1};

    @Test
    void aHostReadsItsOwnOrders(LocalPlatform platform) throws IOException {
        assertThat(HostKafka.asTheAgent(platform).readAll(HostKafka.desiredTopic(platform)))
                .isNotNull();
    }

    @Test
    void aHostCannotReadTheOrdersOfAnother(LocalPlatform platform) throws Exception {
        // Given
        String other = Topics.desired(new HostId(UUID.randomUUID()));
        HostKafka provisioning = HostKafka.asUser(platform, "provisioning");
        provisioning.create(other);
        provisioning.write(other, "workload/x", ANYTHING);
        HostKafka agent = HostKafka.asTheAgent(platform);

        // When, Then
        assertThatThrownBy(() -> agent.readAll(other)).isInstanceOf(TopicAuthorizationException.class);
        assertThat(HostKafka.asAdministrator(platform).readAll(other)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Topics.LEASE_NOTICES,
                Topics.BILLING_NOTICES,
                Topics.RENTAL_NOTICES,
                Topics.USAGE_ACKS,
                Topics.USAGE_QUARANTINE,
                Topics.DEAD_LETTERS
            })
    void aHostCannotWriteToAnInternalTopic(String topic, LocalPlatform platform) throws IOException {
        HostKafka agent = HostKafka.asTheAgent(platform);

        assertThatThrownBy(() -> agent.write(topic, "x", ANYTHING)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aHostCannotWriteItsOwnOrders(LocalPlatform platform) throws IOException {
        HostKafka agent = HostKafka.asTheAgent(platform);
        String topic = HostKafka.desiredTopic(platform);

        assertThatThrownBy(() -> agent.write(topic, "x", ANYTHING)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aHostCannotReadWhatOthersReport(LocalPlatform platform) throws IOException {
        HostKafka agent = HostKafka.asTheAgent(platform);

        assertThatThrownBy(() -> agent.readAll(Topics.USAGE_REPORTS)).isInstanceOf(AuthorizationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "billing"})
    void onlyProvisioningWritesOrders(String service, LocalPlatform platform) throws IOException {
        HostKafka kafka = HostKafka.asUser(platform, service);
        String topic = HostKafka.desiredTopic(platform);

        assertThatThrownBy(() -> kafka.write(topic, "x", ANYTHING)).isInstanceOf(TopicAuthorizationException.class);
    }
}
