package filon.billing.hold;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.BillingDatabase;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.ledger.Balance;
import filon.billing.ledger.Ledger;
import filon.contracts.message.BillingNotice.HoldPlaced;
import filon.contracts.message.BillingNotice.HoldRefused;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class HoldsTest {
    @Inject
    Holds holds;

    @Inject
    Ledger ledger;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Test
    void holdsOneHourOfEveryGpu() {
        // Given
        CustomerId customer = scene.customerWith(1_000_000);

        // When
        RentalId rental = scene.requested(customer, 2);

        // Then
        assertThat(placed(rental)).containsExactly(new HoldPlaced(customer, rental, MicroEuro.of(720_000)));
        assertMoney(customer, 280_000, 720_000);
    }

    @Test
    void holdsOnceHoweverOftenTheSameOrderIsRequested() {
        // Given
        CustomerId customer = scene.customerWith(1_000_000);
        RentalId rental = scene.requested(customer, 1);

        // When
        holds.request(rental, Scene.order(customer, 1));
        holds.request(rental, Scene.order(customer, 1));

        // Then the answer is repeated, the money is not moved again
        assertThat(placed(rental)).hasSize(3).containsOnly(new HoldPlaced(customer, rental, MicroEuro.of(360_000)));
        assertMoney(customer, 640_000, 360_000);
    }

    @Test
    void refusesAHoldThatTheBalanceDoesNotCoverAndPlacesItAfterATopUp() {
        // Given
        CustomerId customer = scene.customerWith(359_999);
        RentalId rental = scene.requested(customer, 1);
        List<HoldRefused> refusedBefore = refused(rental);
        scene.topUp(customer, 1);

        // When
        holds.request(rental, Scene.order(customer, 1));

        // Then
        assertThat(refusedBefore).singleElement().satisfies(refusal -> {
            assertThat(refusal.needed()).isEqualTo(MicroEuro.of(360_000));
            assertThat(refusal.available()).isEqualTo(MicroEuro.of(359_999));
        });
        assertThat(placed(rental)).hasSize(1);
        assertMoney(customer, 0, 360_000);
    }

    @Test
    void refusesAHoldForACustomerWithoutMoney() {
        // Given
        CustomerId customer = Scene.someone();

        // When
        RentalId rental = scene.requested(customer, 1);

        // Then
        assertThat(refused(rental)).hasSize(1);
        assertThat(placed(rental)).isEmpty();
    }

    @Test
    void refusesAnOrderWhosePriceIsNotOneOfOurs() {
        // Given
        CustomerId customer = scene.customerWith(10_000_000);
        Order good = Scene.order(customer, 1);
        List<Order> wrong = List.of(
                with(good, MicroEuro.of(359_999), 1), with(good, MicroEuro.ZERO, 1), with(good, Scene.PRICE, 2));

        // When / Then
        for (Order order : wrong) {
            RentalId rental = RentalId.of(UUID.randomUUID());
            holds.request(rental, order);
            assertThat(refused(rental)).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                    .contains("price"));
        }
        assertMoney(customer, 10_000_000, 0);
    }

    @Test
    void refusesASecondOrderUnderTheSameRental() {
        // Given
        CustomerId customer = scene.customerWith(10_000_000);
        RentalId rental = scene.requested(customer, 1);

        // When
        holds.request(rental, Scene.order(customer, 2));

        // Then
        assertMoney(customer, 9_640_000, 360_000);
        assertThat(placed(rental)).hasSize(1);
    }

    @Test
    void holdsNothingForARentalWhoseEndWasHeardFirst() {
        // Given
        CustomerId customer = scene.customerWith(1_000_000);
        RentalId rental = RentalId.of(UUID.randomUUID());
        holds.end(rental, "cancelled");

        // When
        holds.request(rental, Scene.order(customer, 1));

        // Then
        assertThat(refused(rental)).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                .contains("ended"));
        assertMoney(customer, 1_000_000, 0);
    }

    private static Order with(Order order, MicroEuro price, int version) {
        return new Order(
                order.customerId(), order.offer(), order.gpuCount(), order.algorithm(), order.pools(), price, version);
    }

    private List<HoldPlaced> placed(RentalId rental) {
        return published.all(HoldPlaced.class).stream()
                .filter(p -> p.rentalId().equals(rental))
                .toList();
    }

    private List<HoldRefused> refused(RentalId rental) {
        return published.all(HoldRefused.class).stream()
                .filter(p -> p.rentalId().equals(rental))
                .toList();
    }

    private void assertMoney(CustomerId customer, long available, long held) {
        Balance balance = ledger.balance(customer).orElseThrow();
        assertThat(balance.available()).isEqualTo(MicroEuro.of(available));
        assertThat(balance.held()).isEqualTo(MicroEuro.of(held));
    }
}
