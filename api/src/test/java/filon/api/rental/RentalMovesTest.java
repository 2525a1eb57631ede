package filon.api.rental;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.RentalNotice;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Owner;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RentalMovesTest {
    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant NOW = THEN.plus(Duration.ofDays(4));
    private static final LeaseId LEASE = LeaseId.of(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final LeaseId NEXT_LEASE = LeaseId.of(UUID.fromString("00000000-0000-4000-8000-00000000000b"));
    private static final RentalId ID = RentalId.of(UUID.fromString("00000000-0000-4000-8000-000000000001"));

    private static final List<RentalState> STATES = List.of(
            new RentalState.Requested(THEN),
            new RentalState.Funded(THEN, "why"),
            new RentalState.Placed(THEN, "why"),
            new RentalState.Active(THEN),
            new RentalState.Degraded(THEN, "why", Mover.POOL),
            new RentalState.Paused(THEN, "why"),
            new RentalState.Suspended(THEN, "why"),
            new RentalState.Relocating(THEN, "why"),
            new RentalState.Ending(THEN, "why"),
            new RentalState.Ended(THEN, "why"),
            new RentalState.Rejected(THEN, "why"),
            new RentalState.Failed(THEN, "why"));

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        Pattern edge = Pattern.compile("\\s*(\\w+) --> (\\w+) : (\\w+)");
        TreeSet<String> drawn = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/main/java/filon/api/rental/rental.mmd"))) {
            Matcher matcher = edge.matcher(line);
            if (matcher.matches()) {
                drawn.add(matcher.group(1) + " -" + matcher.group(3) + "-> " + matcher.group(2));
            }
        }

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (RentalState state : STATES) {
            for (RentalEvent event : events()) {
                if (RentalMoves.on(in(state), event) instanceof RentalMoves.Moved next) {
                    moved.add(state.name() + " -" + event.getClass().getSimpleName() + "-> "
                            + next.next().state().name());
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(RentalState.class.getPermittedSubclasses().length);
        assertThat(events().stream().map(Object::getClass).distinct())
                .hasSize(RentalEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void everyStateSaysWhySinceWhenWhoseMoveItIsAndWhatComesNext() {
        for (RentalState state : STATES) {
            assertThat(state.reason()).as(state.name()).isNotBlank();
            assertThat(state.nextStep()).as(state.name()).isNotBlank();
            assertThat(state.since()).as(state.name()).isEqualTo(THEN);
            assertThat(state.mover()).as(state.name()).isNotNull();
            assertThat(state.code().owner() == Owner.NOBODY)
                    .as(state.name())
                    .isEqualTo(state instanceof RentalState.Active);
            assertThat(state.isFinal() && state.deadline().isPresent())
                    .as(state.name())
                    .isFalse();
        }
    }

    @Test
    void aDegradedRentalHasACodeOnTheSideOfWhoeverHasToMove() {
        for (Mover mover : Mover.values()) {
            RentalReason code = new RentalState.Degraded(THEN, "why", mover).code();
            String owner = mover == Mover.NOBODY ? "PROVIDER" : mover.name();
            assertThat(code.owner().name()).as(mover.name()).isEqualTo(owner);
        }
    }

    @Test
    void workOfASilentHostIsNeitherRunningNorStopped() {
        // When
        Rental rental = ((RentalMoves.Moved)
                        RentalMoves.on(in(new RentalState.Active(THEN)), seen(LEASE, 1, WorkloadState.UNKNOWN, NOW)))
                .next();

        // Then
        assertThat(rental.state()).isInstanceOf(RentalState.Degraded.class);
        assertThat(rental.state().mover()).isEqualTo(Mover.NETWORK);
        assertThat(rental.state().nextStep()).contains("the host is waited for");
    }

    @Test
    void aFinalStateIsNeverLeft() {
        for (RentalState state : STATES.stream().filter(RentalState::isFinal).toList()) {
            for (RentalEvent event : events()) {
                assertThat(RentalMoves.on(in(state), event)).isInstanceOf(RentalMoves.Refused.class);
            }
        }
    }

    @Test
    void silenceBeforeTheDeadlineChangesNothing() {
        for (RentalState state : STATES) {
            assertThat(RentalMoves.on(in(state), new RentalEvent.SilenceNoticed(THEN.plusSeconds(1))))
                    .as(state.name())
                    .isInstanceOf(RentalMoves.Refused.class);
        }
    }

    @Test
    void everySecondCopyOfAnEventChangesNothingOrNothingNew() {
        for (RentalState state : STATES) {
            for (RentalEvent event : events()) {
                if (RentalMoves.on(in(state), event) instanceof RentalMoves.Moved first
                        && RentalMoves.on(first.next(), event) instanceof RentalMoves.Moved second) {
                    assertThat(second.next()).as(state.name() + " " + event).isEqualTo(first.next());
                }
            }
        }
    }

    @Test
    void othersAreToldOfWhatTheyMustDo() {
        Rental requested = in(new RentalState.Requested(THEN));
        assertThat(said(requested, new RentalEvent.HoldPlaced(NOW)))
                .containsExactly(new RentalNotice.Funded(ID, requested.order()));
        assertThat(said(in(new RentalState.Active(THEN)), new RentalEvent.BalanceSpent(NOW)))
                .containsExactly(new RentalNotice.Suspended(ID, "the balance is spent"));
        assertThat(said(in(new RentalState.Active(THEN)), new RentalEvent.EndAsked(NOW, "enough")))
                .containsExactly(new RentalNotice.Ending(ID, "enough"));
        assertThat(said(in(new RentalState.Suspended(THEN, "spent")), new RentalEvent.ResumeAsked(NOW)))
                .containsExactly(new RentalNotice.Requested(ID, requested.order()));
        assertThat(said(in(new RentalState.Funded(THEN, "why")), new RentalEvent.SilenceNoticed(NOW)))
                .hasOnlyElementsOfType(RentalNotice.Ending.class);
    }

    @Test
    void newsOfAnOlderLeaseIsNoNews() {
        // Given
        Rental second = moved(in(new RentalState.Active(THEN)), new RentalEvent.LeaseGranted(NOW, NEXT_LEASE, 2));

        // When / Then
        assertThat(RentalMoves.on(second, seen(LEASE, 1, WorkloadState.RUNNING, NOW)))
                .isInstanceOf(RentalMoves.Refused.class);
        assertThat(RentalMoves.on(second, new RentalEvent.LeaseEnded(NOW, LEASE, 1, "gone")))
                .isInstanceOf(RentalMoves.Refused.class);
        assertThat(RentalMoves.on(second, new RentalEvent.LeaseGranted(NOW, LEASE, 1)))
                .isInstanceOf(RentalMoves.Refused.class);
    }

    @Test
    void newsThatWasOvertakenIsNoNews() {
        // Given
        Rental running = moved(
                in(new RentalState.Placed(THEN, "why")), seen(LEASE, 1, WorkloadState.RUNNING, NOW.minusSeconds(1)));

        // When
        RentalMoves.Decision late =
                RentalMoves.on(running, seen(LEASE, 1, WorkloadState.PREPARING, NOW.minusSeconds(2)));

        // Then
        assertThat(late).isInstanceOf(RentalMoves.Refused.class);
    }

    @Test
    void workSeenBeforeItsGrantStillCounts() {
        // Given
        Rental funded = in(new RentalState.Funded(THEN, "why"));

        // When
        Rental active = moved(funded, seen(NEXT_LEASE, 2, WorkloadState.RUNNING, NOW));

        // Then
        assertThat(active.state()).isInstanceOf(RentalState.Active.class);
        assertThat(RentalMoves.on(active, new RentalEvent.LeaseGranted(NOW, NEXT_LEASE, 2)))
                .isInstanceOf(RentalMoves.Refused.class);
    }

    @Test
    void theEndOfALeaseThatWasLetGoOfDoesNotRelocateTheResumedRental() {
        // Given
        Rental paused = moved(in(new RentalState.Active(THEN)), new RentalEvent.PauseAsked(NOW));
        Rental resumed = moved(paused, new RentalEvent.ResumeAsked(NOW));

        // When
        RentalMoves.Decision late = RentalMoves.on(resumed, new RentalEvent.LeaseEnded(NOW, LEASE, 1, "stopped"));

        // Then
        assertThat(resumed.state()).isInstanceOf(RentalState.Funded.class);
        assertThat(late).isInstanceOf(RentalMoves.Refused.class);
    }

    @Test
    void theEndOfALeaseThatAPauseLetGoOfEndsTheRentalThatWaitsForIt() {
        // Given
        Rental paused = moved(in(new RentalState.Active(THEN)), new RentalEvent.PauseAsked(NOW));
        Rental ending = moved(paused, new RentalEvent.EndAsked(NOW, "enough"));

        // When
        Rental ended = moved(ending, new RentalEvent.LeaseEnded(NOW, LEASE, 1, "stopped"));

        // Then
        assertThat(ended.state()).isEqualTo(new RentalState.Ended(NOW, "enough"));
    }

    @Test
    void aLeaseWithoutAPoolIsThePoolsMove() {
        Rental rental = moved(in(new RentalState.Active(THEN)), seen(LEASE, 1, WorkloadState.NO_POOL, NOW));
        assertThat(rental.state()).isEqualTo(new RentalState.Degraded(NOW, "host's word", Mover.POOL));
    }

    private static List<RentalEvent> events() {
        List<RentalEvent> events = new ArrayList<>(List.of(
                new RentalEvent.HoldPlaced(NOW),
                new RentalEvent.HoldRefused(NOW, "too little"),
                new RentalEvent.LeaseGranted(NOW, NEXT_LEASE, 2),
                new RentalEvent.PlacementRefused(NOW, "all taken"),
                new RentalEvent.LeaseEnded(NOW, LEASE, 1, "host lost"),
                new RentalEvent.LeaseEnded(NOW, NEXT_LEASE, 2, "host lost"),
                new RentalEvent.BalanceSpent(NOW),
                new RentalEvent.CostSettled(NOW),
                new RentalEvent.PauseAsked(NOW),
                new RentalEvent.ResumeAsked(NOW),
                new RentalEvent.EndAsked(NOW, "enough"),
                new RentalEvent.SilenceNoticed(NOW)));
        for (WorkloadState state : WorkloadState.values()) {
            events.add(seen(LEASE, 1, state, NOW));
            events.add(seen(NEXT_LEASE, 2, state, NOW));
        }
        return events;
    }

    private static RentalEvent.WorkSeen seen(LeaseId lease, long epoch, WorkloadState state, Instant since) {
        return new RentalEvent.WorkSeen(NOW, lease, epoch, state, "host's word", since);
    }

    private static Rental in(RentalState state) {
        Order order = new Order(
                CustomerId.of("cleo"),
                Sku.of("opencl-cpu"),
                1,
                Algorithm.SHA256D,
                List.of(new Pool(PoolAddress.of("stratum+tcp://pool.example.org:3333"), "w", "p")),
                MicroEuro.of(360_000),
                1);
        return new Rental(ID, "Cleo", order, state, Optional.of(Lease.granted(LEASE, 1)), THEN);
    }

    private static Rental moved(Rental rental, RentalEvent event) {
        return ((RentalMoves.Moved) RentalMoves.on(rental, event)).next();
    }

    private static List<RentalNotice> said(Rental rental, RentalEvent event) {
        return ((RentalMoves.Moved) RentalMoves.on(rental, event)).messages();
    }
}
