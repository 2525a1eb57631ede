package filon.api.rental.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.identity.Caller;
import filon.api.rental.Mover;
import filon.api.rental.Rental;
import filon.api.rental.RentalEvent;
import filon.api.rental.RentalState;
import filon.api.rental.Rentals;
import filon.contracts.message.RentalNotice;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.testkit.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each working state does at its deadline what it says of silence, and nothing a microsecond before. */
@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
@Timeout(120)
class DeadlineTickerTest {
    private static final LeaseId LEASE = LeaseId.of(UUID.fromString("00000000-0000-4000-8000-00000000000d"));
    private final Caller caller = Scene.customer("deadline-" + UUID.randomUUID());

    @Inject
    DeadlineTicker ticker;

    @Inject
    Rentals rentals;

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @BeforeEach
    @AfterEach
    void standStill() {
        clock.set(StillClock.START);
    }

    @Test
    void anOrderThatBillingNeverAnswersFailsAndReleasesTheHoldThatMayExist() {
        Rental failed = afterSilence(scene.ordered(caller).id(), Duration.ofMinutes(15));

        assertThat(failed.state()).isEqualTo(new RentalState.Failed(clock.instant(), "billing did not answer in time"));
        assertEndingIsSaidOnce(failed);
    }

    @Test
    void aFundedRentalWithoutGpusFailsAndReleasesItsHold() {
        // Given
        RentalId id = scene.funded(caller).id();
        hear(id, new RentalEvent.PlacementRefused(scene.now(), "rig-1: taken"));

        // When
        Rental failed = afterSilence(id, Duration.ofHours(1));

        // Then
        assertThat(failed.state())
                .isEqualTo(new RentalState.Failed(
                        clock.instant(), "no free GPUs were found in time; last heard: rig-1: taken"));
        assertEndingIsSaidOnce(failed);
    }

    @Test
    void aPlacedRentalThatNeverBeginsIsDegradedAndKeepsItsGpus() {
        // Given
        RentalId id = placed();

        // When
        Rental degraded = afterSilence(id, Duration.ofMinutes(10));

        // Then
        assertThat(degraded.state()).isInstanceOfSatisfying(RentalState.Degraded.class, state -> {
            assertThat(state.reason()).startsWith("the host did not begin in time");
            assertThat(state.mover()).isEqualTo(Mover.PROVIDER);
        });
        assertThat(scene.said(id.toString())).noneMatch(RentalNotice.Ending.class::isInstance);
    }

    @Test
    void aRentalThatFindsNoOtherHostFailsAndReleasesItsHold() {
        // Given
        RentalId id = placed();
        hear(id, new RentalEvent.LeaseEnded(scene.now(), LEASE, 1, "host lost"));

        // When
        Rental failed = afterSilence(id, Duration.ofHours(1));

        // Then
        assertThat(failed.state())
                .isEqualTo(new RentalState.Failed(
                        clock.instant(), "no other GPUs were found in time; last heard: host lost"));
        assertEndingIsSaidOnce(failed);
    }

    @Test
    void anEndingRentalWhoseHostStaysSilentEndsWhenTheLongestAuthorisationIsOver() {
        // Given
        RentalId id = placed();
        rentals.end(caller, id);

        // When
        Rental ended = afterSilence(id, Duration.ofHours(72));

        // Then
        assertThat(ended.state()).isInstanceOfSatisfying(RentalState.Ended.class, state -> assertThat(state.reason())
                .contains("the host was silent"));
        assertEndingIsSaidOnce(ended);
    }

    private RentalId placed() {
        RentalId id = scene.funded(caller).id();
        hear(id, new RentalEvent.LeaseGranted(scene.now(), LEASE, 1));
        return id;
    }

    private void hear(RentalId id, RentalEvent event) {
        rentals.hear(id, event);
    }

    private Rental afterSilence(RentalId id, Duration patience) {
        Rental before = rentals.find(caller, id);
        Instant deadline = StillClock.START.plus(patience);
        assertThat(before.state().deadline()).contains(deadline);
        clock.set(deadline.minusNanos(1_000));
        tick();
        assertThat(rentals.find(caller, id)).isEqualTo(before);
        clock.set(deadline);
        tick();
        Rental after = rentals.find(caller, id);
        tick();
        assertThat(rentals.find(caller, id)).isEqualTo(after);
        return after;
    }

    /** Other tests' rentals of this database may be overdue as well, more than one tick takes. */
    private void tick() {
        do {
            ticker.tick();
        } while (!rentals.overdue(1).isEmpty());
    }

    private void assertEndingIsSaidOnce(Rental rental) {
        assertThat(scene.said(rental.id().toString()))
                .filteredOn(RentalNotice.Ending.class::isInstance)
                .hasSize(1);
    }
}
