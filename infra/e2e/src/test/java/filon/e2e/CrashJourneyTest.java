package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.RentalId;
import filon.local.LocalPlatform;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.WorkloadDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rental in whose middle a process is killed with SIGKILL: nothing is lost, nothing is billed twice. */
@ExtendWith(OnRealPlatform.class)
class CrashJourneyTest {
    private static final int MORE_SHARES = 5;

    @Test
    void aKilledAgentFindsItsMinerAgainAndBillsWhatItsLogSays(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        customer.topUp();
        String rental = customer.order();
        JsonNode before = customer.awaitShares(rental, 3);
        ProcessRecord miner = theMiner(platform);

        // When
        platform.part("agent").kill();
        assertThat(miner.isAlive()).isTrue();
        await("the agent's next life").atMost(Customer.PATIENCE).until(() -> platform.part("agent")
                .isAlive());
        awaitMore(customer, rental, before);
        ProcessRecord after = theMiner(platform);
        JsonNode last = customer.end(rental);

        // Then
        assertThat(after).isEqualTo(miner);
        assertThat(hostEvents(platform)).anySatisfy(event -> assertThat(event).contains("took over 1"));
        assertBilledAsLogged(platform, rental, last);
    }

    /** Several parts in one rental, one after another: order, start, end and settlement need not be lived through for each. */
    @ParameterizedTest
    @ValueSource(strings = {"billing, kafka, postgres", "provisioning, api, keycloak, pool"})
    void killedPartsLoseAndDoubleNothing(String parts, LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        customer.topUp();
        String rental = customer.order();
        JsonNode before = customer.awaitShares(rental, 3);
        ProcessRecord miner = theMiner(platform);

        // When
        List<String> minedOn = new ArrayList<>();
        for (String part : parts.split(", ")) {
            platform.part(part).kill();
            await(part + " to be back").atMost(Customer.PATIENCE).until(() -> platform.part(part)
                    .isAlive());
            before = awaitMore(customer, rental, before);
            if (miner.isAlive()) {
                minedOn.add(part);
            }
        }
        JsonNode last = customer.end(rental);

        // Then
        assertThat(minedOn).containsExactly(parts.split(", "));
        assertBilledAsLogged(platform, rental, last);
    }

    private static JsonNode awaitMore(Customer customer, String rental, JsonNode before) {
        return customer.awaitUsage(
                "shares and cost after the crash",
                rental,
                usage -> usage.path("acceptedShares").asLong()
                                >= before.path("acceptedShares").asLong() + MORE_SHARES
                        && usage.path("costMicroEur").asLong()
                                > before.path("costMicroEur").asLong());
    }

    private static void assertBilledAsLogged(LocalPlatform platform, String rental, JsonNode last) throws IOException {
        assertThat(last.path("provenSeconds").asLong())
                .isPositive()
                .isEqualTo(HostTruth.provenSeconds(platform.agentHome(), RentalId.of(rental)));
        assertThat(last.path("costMicroEur").asLong()).isEqualTo(OrderJourneyTest.costOf(last));
    }

    /** The one workload that lives, by what it wrote into its folder. */
    private static ProcessRecord theMiner(LocalPlatform platform) throws IOException {
        try (Stream<Path> folders = Files.walk(platform.agentHome().resolve("workloads"), 2)) {
            List<ProcessRecord> alive = folders.filter(Files::isDirectory)
                    .flatMap(CrashJourneyTest::process)
                    .filter(ProcessRecord::isAlive)
                    .toList();
            assertThat(alive).as("miners that run").hasSize(1);
            return alive.getFirst();
        }
    }

    private static Stream<ProcessRecord> process(Path folder) {
        try {
            return new WorkloadDirectory(folder).process().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static List<String> hostEvents(LocalPlatform platform) throws IOException, InterruptedException {
        return Staff.of(platform)
                .theHost()
                .path("events")
                .valueStream()
                .map(JsonNode::toString)
                .toList();
    }
}
