package filon.provisioning.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Standing;
import filon.provisioning.Diagram;
import filon.provisioning.Reasons;
import filon.provisioning.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaseMovesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<LeaseState> STATES =
            List.of(new LeaseState.Granted(), new LeaseState.Draining(), new LeaseState.Ended());
    private static final List<LeaseEvent> EVENTS = List.of(
            new LeaseEvent.RenewalDue(NOW.plusSeconds(7_200)),
            new LeaseEvent.StopAsked(LeaseReason.RENTAL_ENDING, "asked"),
            new LeaseEvent.AllStopped("stopped"),
            new LeaseEvent.AuthorisationPassed("silent"));

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        TreeSet<String> drawn = Diagram.movesOf("lease/lease.mmd");

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (LeaseState state : STATES) {
            for (LeaseEvent event : EVENTS) {
                if (LeaseMoves.on(in(state), event) instanceof LeaseMoves.Moved(Lease next)) {
                    assertThat(next.code().belongsTo(next.state().label()))
                            .as(next.toString())
                            .isTrue();
                    moved.add(Diagram.move(
                            state.label(),
                            event.getClass().getSimpleName(),
                            next.state().label()));
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(LeaseState.class.getPermittedSubclasses().length);
        assertThat(EVENTS).hasSize(LeaseEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void everyStateForEveryReasonSaysOnWhoseSideItLiesAndWhatComesNext() {
        Reasons.everyStateIsHonest(
                LeaseReason.values(), STATES.stream().map(LeaseState::label).toList(), "Granted");
    }

    @Test
    void aDrainingLeaseNamesTheEndOfItsAuthorisation() {
        // When
        Standing standing = in(new LeaseState.Draining()).standing();

        // Then
        assertThat(standing.deadline()).isEqualTo(NOW.plusSeconds(3_630));
        assertThat(standing.nextStep()).contains("at the latest at 2026-11-20T13:00:30Z");
    }

    @Test
    void aRenewalNeverShortensTheAuthorisation() {
        // When
        LeaseMoves.Answer answer =
                LeaseMoves.on(in(new LeaseState.Granted()), new LeaseEvent.RenewalDue(NOW.plusSeconds(10)));

        // Then
        assertThat(answer).isInstanceOf(LeaseMoves.Refused.class);
    }

    @Test
    void refusesAuthorisationsLongerThanThreeDays() {
        assertThatThrownBy(() -> new LeaseTerms(Duration.ofHours(73), Optional.empty()))
                .hasMessageContaining("PT73H")
                .hasMessageContaining("PT72H");
    }

    @Test
    void refusesAllowedRangesThatAreNoRanges() {
        assertThatThrownBy(() -> new LeaseTerms(Duration.ofHours(1), Optional.of(List.of("pool.example.org"))))
                .hasMessageContaining("pool.example.org");
    }

    private static Lease in(LeaseState state) {
        return new Lease(
                LeaseId.of(UUID.randomUUID()),
                Samples.rental(),
                1,
                HostId.of(UUID.randomUUID()),
                Samples.order("opencl-cpu", 1),
                List.of(GpuId.of("a")),
                state,
                state instanceof LeaseState.Granted ? LeaseReason.PLACED : LeaseReason.BEFORE_CODES,
                "why",
                NOW,
                NOW,
                NOW.plusSeconds(3_600));
    }
}
