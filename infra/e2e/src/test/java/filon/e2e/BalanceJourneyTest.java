package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.RentalId;
import filon.local.LocalPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer whose money ends before the rental does. */
@ExtendWith(OnRealPlatform.class)
class BalanceJourneyTest {
    private static final long HALF_A_MINUTE_MICRO_EUR = 3_000;
    private static final long TOP_UP_MICRO_EUR = 100_000;

    @Test
    void aSpentBalanceSuspendsTheRentalAndATopUpLetsItGoOn(LocalPlatform platform) throws Exception {
        // Given
        Customer customer = new Customer(platform, "second-customer");
        customer.topUp(HALF_A_MINUTE_MICRO_EUR);
        String rental = customer.order();
        customer.awaitShares(rental, 1);

        // When
        JsonNode suspended = customer.awaitUsage("a suspended rental", rental, usage -> usage.path("state")
                .asText()
                .equals("Suspended"));
        customer.freeOffer();
        customer.topUp(TOP_UP_MICRO_EUR);
        customer.post("/rentals/" + rental + "/resume", "{}", "resume-" + rental)
                .orFail("resuming");
        JsonNode resumed = customer.awaitUsage(
                "more proven seconds",
                rental,
                usage -> usage.path("state").asText().equals("Active")
                        && usage.path("provenSeconds").asLong()
                                > suspended.path("provenSeconds").asLong() + 2);
        JsonNode last = customer.end(rental);

        // Then
        assertThat(suspended.path("reason").asText()).contains("balance");
        assertThat(resumed.path("costMicroEur").asLong())
                .isGreaterThan(suspended.path("costMicroEur").asLong());
        assertThat(last.path("provenSeconds").asLong())
                .isEqualTo(HostTruth.provenSeconds(platform.agentHome(), RentalId.of(rental)));
        assertThat(customer.money())
                .isEqualTo(HALF_A_MINUTE_MICRO_EUR
                        + TOP_UP_MICRO_EUR
                        - last.path("costMicroEur").asLong());
    }
}
