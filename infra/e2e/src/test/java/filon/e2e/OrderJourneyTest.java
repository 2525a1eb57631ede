package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.local.LocalPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One rental told once: order, accepted shares, cost, end. */
@ExtendWith(OnRealPlatform.class)
class OrderJourneyTest {
    @Test
    void anOrderMinesIsBilledForProvenSecondsAloneAndEnds(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = Customer.demo(platform);
        customer.topUp();
        long before = customer.money();

        // When
        String rental = customer.order();
        JsonNode mining = customer.awaitShares(rental, 3);
        JsonNode billed = customer.awaitUsage(
                "a growing cost",
                rental,
                usage -> usage.path("costMicroEur").asLong()
                        > mining.path("costMicroEur").asLong());
        long heldMeanwhile = customer.held();
        JsonNode last = customer.end(rental);

        // Then
        assertThat(billed.path("state").asText()).isEqualTo("Active");
        assertThat(heldMeanwhile).isPositive();
        assertThat(last.path("rejectedShares").asLong()).isZero();
        assertThat(last.path("costMicroEur").asLong()).isPositive().isEqualTo(costOf(last));
        assertThat(last.path("provenSeconds").asLong())
                .isEqualTo(HostTruth.provenSeconds(platform.agentHome(), RentalId.of(rental)));
        assertThat(customer.money())
                .isEqualTo(before - last.path("costMicroEur").asLong());
    }

    static long costOf(JsonNode usage) {
        return cost(
                usage.path("priceMicroEurPerGpuHour").asLong(),
                usage.path("provenSeconds").asLong());
    }

    static long cost(long priceMicroEuroPerHour, long seconds) {
        return MicroEuro.of(priceMicroEuroPerHour).costOfSeconds(seconds).amount();
    }
}
