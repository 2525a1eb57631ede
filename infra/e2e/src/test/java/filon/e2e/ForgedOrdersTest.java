package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.LeaseId;
import filon.local.LocalPlatform;
import filon.plumbing.codec.MessageCodec;
import filon.provisioning.authority.Authority;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator of the broker writes what he likes to a host's topic: the host obeys none of it and says so. */
@ExtendWith(OnRealPlatform.class)
class ForgedOrdersTest {
    private static final Duration AUTHORISED = Duration.ofHours(1);

    @Test
    void brokenSignaturesAndOlderOrdersAreRefusedAndReported(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        customer.topUp();
        String rental = customer.order();
        customer.awaitShares(rental, 1);
        HostKafka broker = HostKafka.asAdministrator(platform);
        String topic = HostKafka.desiredTopic(platform);
        ConsumerRecord<String, byte[]> genuine = lastRun(broker, topic);
        SignedOrder signed = MessageCodec.parse(genuine.value(), SignedOrder.class);
        RunWorkload run = (RunWorkload) MessageCodec.parse(signed.order(), HostOrder.class);
        customer.end(rental);

        // When
        String slot = genuine.key();
        broker.write(topic, slot, bytes(withMorePower(signed)));
        broker.write(topic, slot, genuine.value());
        HostOrder older = atEpoch(run, run.epoch() - 1);
        broker.write(
                topic,
                older.slot(),
                bytes(Authority.open(platform.authority("ca.pem").getParent(), Clock.systemUTC())
                        .signer()
                        .sign(older)));
        broker.write(topic, slot, "not an order".getBytes(StandardCharsets.UTF_8));

        // Then
        await("refusals in the host's story").atMost(Customer.PATIENCE).untilAsserted(() -> assertThat(
                        refusals(platform))
                .anyMatch(text -> text.startsWith("bad-signature"))
                .anyMatch(text -> text.startsWith("stale-generation"))
                .anyMatch(text -> text.startsWith("stale-epoch"))
                .anyMatch(text -> text.startsWith("unreadable")));
        assertThat(Staff.of(platform).theHost().path("leases")).isEmpty();
        assertThat(customer.freeOffer()).isNotBlank();
    }

    /** The newest order to run a workload; read while it is the last word of its slot, before compaction could take it. */
    private static ConsumerRecord<String, byte[]> lastRun(HostKafka broker, String topic) {
        return broker.readAll(topic).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains("run-workload.v1"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static SignedOrder withMorePower(SignedOrder signed) {
        String longer = signed.order().replaceFirst("\"authorisedUntil\":\"\\d{4}", "\"authorisedUntil\":\"2099");
        assertThat(longer).isNotEqualTo(signed.order());
        return new SignedOrder(longer, signed.keyId(), signed.signature());
    }

    private static HostOrder atEpoch(RunWorkload run, long epoch) {
        return new RunWorkload(
                run.hostId(),
                run.generation() + 1_000,
                new LeaseId(UUID.randomUUID()),
                run.rentalId(),
                epoch,
                run.notBefore(),
                run.authorisedUntil().plus(AUTHORISED),
                run.algorithm(),
                run.gpuIds(),
                run.pools(),
                run.allowedAddresses());
    }

    private static byte[] bytes(SignedOrder order) {
        return MessageCodec.json(order).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> refusals(LocalPlatform platform) throws Exception {
        return Staff.of(platform)
                .theHost()
                .path("events")
                .valueStream()
                .filter(event -> event.path("kind").asText().equals("OrderRefused"))
                .map(event -> event.path("detail"))
                .map(JsonNode::asText)
                .toList();
    }
}
