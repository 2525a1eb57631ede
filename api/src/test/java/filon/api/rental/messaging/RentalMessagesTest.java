package filon.api.rental.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.identity.Caller;
import filon.api.rental.Maintenance;
import filon.api.rental.Maintenances;
import filon.api.rental.Mover;
import filon.api.rental.Rental;
import filon.api.rental.RentalState;
import filon.api.rental.Rentals;
import filon.api.rental.TransitionRequest;
import filon.contracts.message.BillingNotice;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.Message;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.testkit.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class RentalMessagesTest {
    @Inject
    RentalMessages messages;

    @Inject
    Rentals rentals;

    @Inject
    Maintenances maintenances;

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    private final Caller caller = Scene.customer("rm-" + UUID.randomUUID());
    private final CustomerId customer = caller.customerId();
    private final LeaseId lease = LeaseId.of(UUID.randomUUID());
    private final HostId host = HostId.of(UUID.randomUUID());

    @BeforeEach
    void prepare() {
        clock.set(StillClock.START);
    }

    @Test
    void carriesARentalFromTheOrderToItsEnd() {
        // Given
        RentalId id = scene.ordered(caller).id();

        // When / Then
        assertThat(hear(id, placed(id)).state()).isInstanceOf(RentalState.Funded.class);
        assertThat(hear(id, granted(id)).state()).isInstanceOf(RentalState.Placed.class);
        assertThat(hear(id, seen(id, WorkloadState.PREPARING, 1)).state().reason())
                .isEqualTo("it is PREPARING");
        assertThat(hear(id, seen(id, WorkloadState.RUNNING, 2)).state()).isInstanceOf(RentalState.Active.class);
        rentals.end(caller, id);
        assertThat(hear(id, ended(id)).state()).isInstanceOf(RentalState.Ended.class);
        assertThat(scene.said(id.toString()))
                .hasExactlyElementsOfTypes(
                        RentalNotice.Requested.class, RentalNotice.Funded.class, RentalNotice.Ending.class);
    }

    @Test
    void customersReadOfMaintenanceInTheirRentalUntilItIsWithdrawn() {
        // Given
        RentalId id = scene.funded(caller).id();
        hear(id, granted(id));
        UUID window = UUID.randomUUID();
        Instant startsAt = StillClock.START.plusSeconds(3_600);
        LeaseNotice announced =
                new LeaseNotice.MaintenanceAnnounced(id, lease, 1, window, startsAt, "new fans", "it goes on");
        LeaseNotice withdrawn = new LeaseNotice.MaintenanceWithdrawn(id, lease, 1, window);

        // When
        hear(id, announced);
        Rental told = hear(id, announced);

        // Then
        assertThat(maintenances.of(told))
                .containsExactly(new Maintenance(window, lease, startsAt, "new fans", "it goes on"));
        assertThat(story(id))
                .containsExactly("Placed", "maintenance announced for " + startsAt + ": new fans; it goes on");
        assertThat(told.state()).isInstanceOf(RentalState.Placed.class);

        // When
        hear(id, withdrawn);
        Rental again = hear(id, withdrawn);
        hear(id, announced);

        // Then
        assertThat(maintenances.of(again)).isEmpty();
        assertThat(story(id)).endsWith("announced maintenance withdrawn").hasSize(3);
    }

    @Test
    void aWithdrawalThatComesFirstIsNotForgottenAndOldLeasesAreNobodysNews() {
        // Given
        RentalId id = scene.funded(caller).id();
        hear(id, granted(id));
        UUID window = UUID.randomUUID();
        LeaseId older = LeaseId.of(UUID.randomUUID());
        Instant startsAt = StillClock.START.plusSeconds(3_600);

        // When
        hear(id, new LeaseNotice.MaintenanceWithdrawn(id, lease, 1, window));
        hear(id, new LeaseNotice.MaintenanceAnnounced(id, lease, 1, window, startsAt, "new fans", "it goes on"));
        Rental told = hear(
                id,
                new LeaseNotice.MaintenanceAnnounced(
                        id, older, 0, UUID.randomUUID(), startsAt, "new fans", "it goes on"));

        // Then
        assertThat(maintenances.of(told)).isEmpty();
    }

    /** What the history says from the placement on, the oldest first. */
    private List<String> story(RentalId id) {
        List<String> all = rentals.history(caller, id, new TransitionRequest(Optional.empty(), 100)).items().stream()
                .map(transition -> transition.reason().startsWith("maintenance")
                                || transition.reason().startsWith("announced")
                        ? transition.reason()
                        : transition.state())
                .toList()
                .reversed();
        return all.subList(all.indexOf("Placed"), all.size());
    }

    @Test
    void suspendsAndSaysSoWhenTheBalanceIsSpent() {
        // Given
        RentalId id = scene.ordered(caller).id();
        hear(id, placed(id));
        hear(id, granted(id));
        hear(id, seen(id, WorkloadState.RUNNING, 1));

        // When
        Rental suspended = hear(id, new BillingNotice.BalanceExhausted(customer, id));

        // Then
        assertThat(suspended.state()).isEqualTo(new RentalState.Suspended(StillClock.START, "the balance is spent"));
        assertThat(suspended.state().mover()).isEqualTo(Mover.CUSTOMER);
        assertThat(scene.said(id.toString()).getLast())
                .isEqualTo(new RentalNotice.Suspended(id, "the balance is spent"));
        assertThat(hear(id, ended(id)).state()).isInstanceOf(RentalState.Suspended.class);
    }

    @Test
    void goesOnAfterATopUpUnderANewLease() {
        // Given
        RentalId id = scene.funded(caller).id();
        hear(id, granted(id));
        hear(id, new BillingNotice.BalanceExhausted(customer, id));

        // When
        rentals.resume(caller, id);
        Rental refused = hear(
                id, new BillingNotice.HoldRefused(customer, id, MicroEuro.of(2), MicroEuro.of(1), "still too little"));
        rentals.resume(caller, id);
        Rental funded = hear(id, placed(id));
        hear(id, ended(id));
        Rental placed = hear(id, granted(id, LeaseId.of(UUID.randomUUID()), 2));

        // Then
        assertThat(refused.state().reason()).isEqualTo("still too little");
        assertThat(funded.state()).isInstanceOf(RentalState.Funded.class);
        assertThat(placed.state()).isInstanceOf(RentalState.Placed.class);
        assertThat(placed.lease().orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void rejectsWithBillingsReason() {
        RentalId id = scene.ordered(caller).id();
        Rental rejected =
                hear(id, new BillingNotice.HoldRefused(customer, id, MicroEuro.of(2), MicroEuro.of(1), "too little"));
        assertThat(rejected.state()).isEqualTo(new RentalState.Rejected(StillClock.START, "too little"));
    }

    @Test
    void saysWhyNoGpuWasFound() {
        RentalId id = scene.funded(caller).id();
        Rental waiting = hear(id, new LeaseNotice.PlacementRefused(id, List.of("rig-1: taken", "rig-2: too hot")));
        assertThat(waiting.state()).isEqualTo(new RentalState.Funded(StillClock.START, "rig-1: taken; rig-2: too hot"));
    }

    @Test
    void endsWithTheSameStateInWhateverOrderAndNumberTheNewsOfALeaseComes() {
        // Given
        long seed = new Random().nextLong();
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 25; run++) {
            RentalId id = scene.funded(caller).id();
            List<Message> news = new ArrayList<>(List.of(
                    granted(id),
                    granted(id),
                    seen(id, WorkloadState.PREPARING, 1),
                    seen(id, WorkloadState.CONNECTING, 2),
                    seen(id, WorkloadState.RUNNING, 3),
                    seen(id, WorkloadState.RUNNING, 3),
                    placed(id)));
            Collections.shuffle(news, random);

            // When
            news.forEach(message -> hear(id, message));

            // Then
            assertThat(rentals.find(caller, id).state())
                    .as("run %d of seed %d: %s", run, seed, news)
                    .isInstanceOf(RentalState.Active.class);
            assertThat(scene.said(id.toString())).hasSize(2);
        }
    }

    @Test
    void hearsOfRentalsItDoesNotKnowWithoutHarm() {
        RentalId stranger = RentalId.of(UUID.randomUUID());
        for (Message message : List.of(
                placed(stranger), granted(stranger), ended(stranger), seen(stranger, WorkloadState.RUNNING, 1))) {
            messages.handle(scene.received(Topics.LEASE_NOTICES, message));
        }
        assertThat(scene.said(stranger.toString())).isEmpty();
    }

    @Test
    void refusesAMessageThatDoesNotBelongOnItsTopics() {
        RentalId id = RentalId.of(UUID.randomUUID());
        assertThatThrownBy(() ->
                        messages.handle(scene.received(Topics.LEASE_NOTICES, new RentalNotice.Ending(id, "enough"))))
                .hasMessageContaining("rental.ending.v1 does not belong on lease.notices");
    }

    @Test
    void takesSilenceAsAnAnswerOnlyAfterTheDeadline() {
        // Given
        RentalId id = scene.ordered(caller).id();

        // When / Then
        clock.advance(Duration.ofMinutes(14));
        assertThat(rentals.overdue(1000)).doesNotContain(id);
        clock.advance(Duration.ofMinutes(1));
        assertThat(rentals.overdue(1000)).contains(id);
        rentals.noticeSilence(id);
        rentals.noticeSilence(id);
        assertThat(rentals.find(caller, id).state()).isInstanceOf(RentalState.Failed.class);
        assertThat(rentals.overdue(1000)).doesNotContain(id);
        assertThat(scene.said(id.toString()))
                .hasExactlyElementsOfTypes(RentalNotice.Requested.class, RentalNotice.Ending.class);
    }

    private Rental hear(RentalId id, Message message) {
        messages.handle(scene.received(Topics.LEASE_NOTICES, message));
        return rentals.find(caller, id);
    }

    private Message placed(RentalId id) {
        return new BillingNotice.HoldPlaced(customer, id, MicroEuro.of(360_000));
    }

    private Message granted(RentalId id) {
        return granted(id, lease, 1);
    }

    private Message granted(RentalId id, LeaseId granted, long epoch) {
        Instant now = StillClock.START;
        return new LeaseNotice.Granted(
                id, customer, granted, epoch, host, List.of(GpuId.of("gpu-0")), now, now.plusSeconds(3600));
    }

    private Message seen(RentalId id, WorkloadState state, long second) {
        return new LeaseNotice.WorkloadObserved(
                id, lease, 1, state, "it is " + state, StillClock.START.plusSeconds(second));
    }

    private Message ended(RentalId id) {
        return new LeaseNotice.Ended(id, lease, 1, StillClock.START, "stopped");
    }
}
