package filon.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.TestHost;
import filon.billing.Transactions;
import filon.billing.database.Database;
import filon.billing.hold.Holds;
import filon.billing.ledger.Balance;
import filon.billing.ledger.Ledger;
import filon.billing.meter.Leases;
import filon.billing.meter.UsageIngestion;
import filon.contracts.message.BillingNotice.BalanceExhausted;
import filon.contracts.message.BillingNotice.CostPosted;
import filon.contracts.message.BillingNotice.HoldPlaced;
import filon.contracts.message.BillingNotice.RentalSettled;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Message;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class ChargingTest {
    private static final long HOUR = 360_000;
    private static final Random random = new Random(23);

    @Inject
    UsageIngestion ingestion;

    @Inject
    Ratings ratings;

    @Inject
    Settlements settlements;

    @Inject
    Holds holds;

    @Inject
    Leases leases;

    @Inject
    Ledger ledger;

    @Inject
    Database database;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Inject
    Transactions transactions;

    @Inject
    MovableClock clock;

    private final GpuId gpu = GpuId.of("gpu-0");
    private TestHost host;
    private CustomerId customer;
    private RentalId rental;
    private LeaseNotice.Granted lease;

    @BeforeEach
    void prepare() {
        clock.set(MovableClock.START);
        // the settling part starts with the tests' time, not when the first test needs it
        settlements.waiting();
        host = TestHost.fresh();
    }

    @Test
    void chargesProvenSecondsFromTheHoldAndSaysTheCost() {
        // Given
        rentWith(2 * HOUR);

        // When
        prove(-300, -190);

        // Then
        assertThat(said(CostPosted.class)).singleElement().satisfies(cost -> {
            assertThat(cost.provenSeconds()).isEqualTo(110);
            assertThat(cost.cost()).isEqualTo(MicroEuro.of(11_000));
            assertThat(cost.meteredUntil()).isEqualTo(MovableClock.START.minusSeconds(190));
            assertThat(cost.version()).isEqualTo(1);
        });
        assertMoney(2 * HOUR - 11_000 - HOUR, HOUR);
    }

    @Test
    void chargesNothingTwiceWhenRatedAgain() {
        // Given
        rentWith(2 * HOUR);
        prove(-300, -200);

        // When
        ratings.rate(rental);
        ratings.rate(rental);

        // Then
        assertThat(said(CostPosted.class)).hasSize(1);
        assertMoney(2 * HOUR - 10_000 - HOUR, HOUR);
    }

    @Test
    void isDueOnlyWhenUsageChangedAndTheIntervalIsOver() {
        // Given
        rentWith(2 * HOUR);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -300, -200, false, random))));
        boolean dueAtOnce = ratings.due().contains(rental);
        ratings.rate(rental);
        boolean dueAfterRating = ratings.due().contains(rental);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -200, -100, false, random))));
        boolean dueWithinInterval = ratings.due().contains(rental);

        // When
        clock.advance(Duration.ofSeconds(2));

        // Then
        assertThat(dueAtOnce).isTrue();
        assertThat(dueAfterRating).isFalse();
        assertThat(dueWithinInterval).isFalse();
        assertThat(ratings.due()).contains(rental);
    }

    @Test
    void refillsTheHoldInSlicesOfAMinute() {
        // Given
        rentWith(2 * HOUR);

        // When
        prove(-300, -241);
        long heldAfterLessThanAMinute = balance().held().amount();
        prove(-241, -239);

        // Then
        assertThat(heldAfterLessThanAMinute).isEqualTo(HOUR - 5_900);
        assertMoney(2 * HOUR - 6_100 - HOUR, HOUR);
    }

    @Test
    void saysOnceThatTheBalanceIsSpentAndChargesWhatWasUsedUntilTheStop() {
        // Given money for exactly one hour
        rentWith(HOUR);

        // When all but a second is used, then three seconds more before the stop takes effect
        prove(-3_600, -1);
        List<BalanceExhausted> afterFirst = said(BalanceExhausted.class);
        prove(-1, 0);
        prove(0, 2);

        // Then
        assertThat(afterFirst).containsExactly(new BalanceExhausted(customer, rental));
        assertThat(said(BalanceExhausted.class)).hasSize(1);
        assertMoney(-200, 0);
        assertThat(said(CostPosted.class).getLast().cost()).isEqualTo(MicroEuro.of(HOUR + 200));
    }

    @Test
    void isFundedAgainByARepeatedRequestAfterATopUp() {
        // Given
        rentWith(HOUR);
        prove(-3_600, 2);
        scene.topUp(customer, 2 * HOUR);

        // When
        holds.request(rental, Scene.order(customer, 1));

        // Then
        assertThat(said(HoldPlaced.class)).hasSize(2);
        assertMoney(2 * HOUR - 200 - HOUR, HOUR);

        // And when that is spent too, it is said once more
        prove(2, 5);
        clock.set(MovableClock.START.plusSeconds(9_000));
        prove(5, 7_199);
        assertThat(said(BalanceExhausted.class)).hasSize(2);
    }

    @Test
    void twoRentalsNeverReserveTheSameEuro() {
        // Given
        rentWith(HOUR + 100_000);
        RentalId other = scene.requested(customer, 1);

        // When / Then
        assertThat(said(HoldPlaced.class)).extracting(HoldPlaced::rentalId).containsExactly(rental);
        assertThat(holds.find(other).orElseThrow().isChargeable()).isFalse();
    }

    @Test
    void settlesWhenTheLeaseIsOverAndItsLastReportIsHere() {
        // Given
        rentWith(2 * HOUR);
        prove(-300, -200);
        holds.end(rental, "customer");
        boolean beforeTheEndOfTheLease = settlements.settleIfOver(rental);
        scene.ended(lease, MovableClock.START.minusSeconds(100));
        boolean beforeTheLastReport = settlements.settleIfOver(rental);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -200, -100, true, random))));

        // When
        boolean settled = settlements.settleIfOver(rental);
        boolean again = settlements.settleIfOver(rental);

        // Then
        assertThat(List.of(beforeTheEndOfTheLease, beforeTheLastReport, settled, again))
                .containsExactly(false, false, true, false);
        assertThat(said(RentalSettled.class))
                .containsExactly(new RentalSettled(customer, rental, 200, MicroEuro.of(20_000)));
        assertThat(said(CostPosted.class).getLast().cost()).isEqualTo(MicroEuro.of(20_000));
        assertMoney(2 * HOUR - 20_000, 0);
    }

    @Test
    void waitsForReportsNumberedBeforeTheLastOne() {
        // Given the last report overtook the one before it
        rentWith(2 * HOUR);
        var before = host.report(Scene.proven(lease, gpu, -300, -200, false, random));
        var last = host.report(Scene.proven(lease, gpu, -200, -100, true, random));
        ingestion.ingest(List.of(last));
        holds.end(rental, "customer");
        scene.ended(lease, MovableClock.START.minusSeconds(100));
        boolean withAGap = settlements.settleIfOver(rental);

        // When
        ingestion.ingest(List.of(before));

        // Then
        assertThat(withAGap).isFalse();
        assertThat(settlements.settleIfOver(rental)).isTrue();
        assertThat(said(RentalSettled.class).getFirst().provenSeconds()).isEqualTo(200);
    }

    @Test
    void settlesAfterTheDeadlineWhenTheLastReportNeverComesAndChargesNothingLater() {
        // Given
        rentWith(2 * HOUR);
        prove(-300, -200);
        holds.end(rental, "customer");
        scene.ended(lease, MovableClock.START.minusSeconds(100));
        clock.advance(Duration.ofSeconds(59));
        boolean tooEarly = settlements.settleIfOver(rental);
        clock.advance(Duration.ofSeconds(1));

        // When
        boolean settled = settlements.settleIfOver(rental);
        prove(-200, -100);

        // Then
        assertThat(tooEarly).isFalse();
        assertThat(settled).isTrue();
        assertThat(said(RentalSettled.class).getFirst().provenSeconds()).isEqualTo(100);
        assertThat(ratings.ratingOf(rental).orElseThrow().provenSeconds()).isEqualTo(200);
        assertThat(said(CostPosted.class)).hasSize(1);
        assertMoney(2 * HOUR - 10_000, 0);
    }

    @Test
    void givesPiledUpUsageTheWholeDeadlineAfterItsOwnRestart() {
        // Given a lease whose end was heard just before billing died for ten minutes
        rentWith(2 * HOUR);
        prove(-300, -200);
        holds.end(rental, "customer");
        scene.ended(lease, MovableClock.START.minusSeconds(100));
        clock.advance(Duration.ofMinutes(10));
        Settlements restarted = new Settlements(holds, leases, ratings, clock, Duration.ofSeconds(60));

        // When it starts, and again a minute later
        boolean atTheStart = transactions.call(() -> restarted.settleIfOver(rental));
        clock.advance(Duration.ofSeconds(60));
        boolean aMinuteLater = transactions.call(() -> restarted.settleIfOver(rental));

        // Then
        assertThat(atTheStart).isFalse();
        assertThat(aMinuteLater).isTrue();
    }

    @Test
    void settlesARentalThatNeverGotALeaseAndGivesItsHoldBack() {
        // Given
        customer = scene.customerWith(HOUR);
        rental = scene.requested(customer, 1);
        holds.end(rental, "no host");
        boolean atOnce = settlements.settleIfOver(rental);
        clock.advance(Duration.ofSeconds(60));

        // When
        boolean settled = settlements.settleIfOver(rental);

        // Then
        assertThat(atOnce).isFalse();
        assertThat(settled).isTrue();
        assertThat(said(RentalSettled.class)).containsExactly(new RentalSettled(customer, rental, 0, MicroEuro.ZERO));
        assertMoney(HOUR, 0);
    }

    @Test
    void theEndOfALeaseAloneIsNotTheEndOfItsRental() {
        // Given a lease that ended because the rental was suspended
        rentWith(2 * HOUR);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -300, -200, true, random))));
        scene.ended(lease, MovableClock.START.minusSeconds(200));

        // When / Then
        assertThat(settlements.waiting()).doesNotContain(rental);
        assertThat(settlements.settleIfOver(rental)).isFalse();
    }

    @Test
    void givesBackWhatAnEarlierEndOfTheLeaseTakesAway() {
        // Given
        rentWith(2 * HOUR);
        prove(-300, -200);

        // When the lease turns out to have ended in the middle
        scene.ended(lease, MovableClock.START.minusSeconds(255));
        ratings.rate(rental);

        // Then five seconds of tolerance remain
        assertThat(said(CostPosted.class).getLast().provenSeconds()).isEqualTo(50);
        assertThat(balance().available().plus(balance().held()).amount()).isEqualTo(2 * HOUR - 5_000);
        assertThat(ledgerSum()).isEqualTo(5_000);
    }

    private void rentWith(long microEuro) {
        customer = scene.customerWith(microEuro);
        rental = scene.requested(customer, 1);
        lease = scene.granted(rental, customer, host, gpu);
    }

    private void prove(long fromSecond, long toSecond) {
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, fromSecond, toSecond, false, random))));
        ratings.rate(rental);
    }

    private <T extends Message> List<T> said(Class<T> type) {
        return published.about(customer.value(), type);
    }

    private Balance balance() {
        return ledger.balance(customer).orElseThrow();
    }

    private void assertMoney(long available, long held) {
        assertThat(balance().available()).isEqualTo(MicroEuro.of(available));
        assertThat(balance().held()).isEqualTo(MicroEuro.of(held));
    }

    private long ledgerSum() {
        return database.select("""
                        select coalesce(sum(p.micro), 0) from entry e join posting p on p.entry_id = e.id
                        join account a on a.id = p.account_id and a.kind = 'REVENUE' where e.customer_id = ?""", row -> row.getLong(1), customer.value()).getFirst();
    }
}
