package filon.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Published;
import filon.billing.database.Database;
import filon.contracts.message.BillingNotice.PricePublished;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class PricesTest {
    @Inject
    Prices prices;

    @Inject
    Database database;

    @Inject
    Published published;

    @Inject
    MovableClock clock;

    @Test
    void publishesTheSeededPricesExactlyOnceHoweverOftenItStarts() {
        // Given the start of the application

        // When
        prices.publishNew();
        prices.publishNew();

        // Then
        assertThat(published.all(PricePublished.class))
                .filteredOn(p -> p.offer().sku().startsWith("opencl-"))
                .extracting(p -> p.offer().sku(), PricePublished::version, p -> p.pricePerGpuHour()
                        .amount())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("opencl-cpu", 1, 360_000L),
                        org.assertj.core.groups.Tuple.tuple("opencl-gpu", 1, 1_440_000L));
    }

    @Test
    void addsAVersionAndNeverTouchesTheOldOne() {
        // Given
        Sku offer = Sku.of("price-test-a");
        prices.add(offer, MicroEuro.of(100), clock.instant(), "finn");

        // When
        Price second = prices.add(offer, MicroEuro.of(200), clock.instant().plus(Duration.ofDays(1)), "finn");

        // Then
        assertThat(second.version()).isEqualTo(2);
        assertThat(prices.objectionTo(offer, 1, MicroEuro.of(100))).isEmpty();
        assertThat(prices.objectionTo(offer, 2, MicroEuro.of(200)))
                .get()
                .asString()
                .contains("valid from");
        assertThat(prices.objectionTo(offer, 1, MicroEuro.of(200))).isPresent();
        assertThat(prices.objectionTo(offer, 3, MicroEuro.of(100))).isPresent();
        assertThatThrownBy(() -> database.change("update price set per_gpu_hour = 1"))
                .hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> database.change("delete from price")).hasStackTraceContaining("append-only");
    }

    @Test
    void addsTheSamePriceFromTheSameInstantOnce() {
        // Given
        Sku offer = Sku.of("price-test-b");
        Price first = prices.add(offer, MicroEuro.of(100), clock.instant(), "finn");

        // When
        Price again = prices.add(offer, MicroEuro.of(100), clock.instant(), "finn");

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(published.all(PricePublished.class))
                .filteredOn(p -> p.offer().equals(offer))
                .hasSize(1);
    }

    @Test
    void refusesAPriceThatWouldChangeThePastOrStartsInAnotherAge() {
        // Given
        Sku offer = Sku.of("price-test-c");
        prices.add(offer, MicroEuro.of(100), clock.instant().plus(Duration.ofDays(2)), "finn");

        // When / Then
        for (Duration offset : List.of(Duration.ofDays(-1), Duration.ofDays(1), Duration.ofDays(400_000))) {
            assertThatThrownBy(() ->
                            prices.add(offer, MicroEuro.of(90), clock.instant().plus(offset), "finn"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("invalid-field");
        }
    }
}
