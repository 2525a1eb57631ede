package filon.provisioning.host;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Owner;
import filon.contracts.value.Standing;
import filon.provisioning.Diagram;
import filon.provisioning.Reasons;
import filon.provisioning.host.HostState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostMovesTest {
    private static final List<HostState> STATES = List.of(
            new HostState.Enrolled(),
            new HostState.Verifying(),
            new HostState.Inspecting(),
            new HostState.BurningIn(),
            new HostState.Available(),
            new HostState.Reserved(),
            new HostState.InService(),
            new HostState.Draining(),
            new HostState.Maintenance(),
            new HostState.Quarantined(),
            new HostState.Retired());
    private static final List<HostEvent> EVENTS = List.of(
            new HostEvent.TopicsReady("why"),
            new HostEvent.IdentityConfirmed("why"),
            new HostEvent.InspectionPassed("why"),
            new HostEvent.BurnInPassed("why"),
            new HostEvent.BurnInWaived("why"),
            new HostEvent.Leased("why"),
            new HostEvent.WorkloadSeen("why"),
            new HostEvent.Freed("why"),
            new HostEvent.DrainAsked("why"),
            new HostEvent.Failed("why"),
            new HostEvent.DeadlinePassed("why"),
            new HostEvent.Reenrolled("why"),
            new HostEvent.Readmitted("why"),
            new HostEvent.RetirementAsked("why"));

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        TreeSet<String> drawn = Diagram.movesOf("host/host.mmd");

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (HostState state : STATES) {
            for (HostEvent event : EVENTS) {
                switch (HostMoves.on(state, event)) {
                    case HostMoves.Moved(HostState next, String reason) -> {
                        assertThat(reason).contains("why");
                        HostReason code = HostReason.of(next, event);
                        assertThat(code.belongsTo(next.label()))
                                .as(next + " " + code)
                                .isTrue();
                        moved.add(Diagram.move(state.label(), event.getClass().getSimpleName(), next.label()));
                    }
                    case HostMoves.Refused(var code, String why) ->
                        assertThat(why).contains(state.label());
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(HostState.class.getPermittedSubclasses().length);
        assertThat(EVENTS).hasSize(HostEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void onlyTheWayThroughABurnInLeadsBackFromQuarantine() {
        // Given
        HostState state = new HostState.Quarantined();

        // When
        for (HostEvent event : List.of(new HostEvent.Readmitted("by ola"), new HostEvent.InspectionPassed("found"))) {
            state = ((HostMoves.Moved) HostMoves.on(state, event)).next();
        }

        // Then
        assertThat(state).isEqualTo(new HostState.BurningIn());
        for (HostEvent event : EVENTS) {
            boolean becomesAvailable =
                    HostMoves.on(new HostState.Quarantined(), event) instanceof HostMoves.Moved(var next, var why)
                            && next.isPlaceable();
            assertThat(becomesAvailable).as(event.toString()).isFalse();
        }
    }

    @Test
    void everyWaitingStateSaysWhatSilenceMeansAndWhoseMoveItIs() {
        for (HostState state : STATES) {
            assertThat(HostState.of(state.label())).isEqualTo(state);
            assertThat(state.move()).isNotNull();
            if (state.phase() instanceof Phase.Working(Duration within, String silence)) {
                assertThat(within).isPositive();
                assertThat(silence).isNotBlank();
            }
        }
    }

    @Test
    void everyStateForEveryReasonSaysOnWhoseSideItLiesAndWhatComesNext() {
        Reasons.everyStateIsHonest(
                HostReason.values(), STATES.stream().map(HostState::label).toList(), "InService");
    }

    @Test
    void aWorkingStateNamesItsDeadlineInTheNextStep() {
        // Given
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        for (HostState state : STATES) {
            Host host = new Host(
                    filon.contracts.value.HostId.of(UUID.randomUUID()),
                    "alpha",
                    "lyon",
                    state,
                    HostReason.BEFORE_CODES,
                    "why",
                    now,
                    1);

            // When
            Standing standing = host.standing(Optional.empty(), now);

            // Then
            boolean isWorking = state.phase() instanceof Phase.Working;
            assertThat(standing.deadline() != null).as(state.label()).isEqualTo(isWorking);
            assertThat(standing.nextStep().contains("at the latest at 2026-11-2"))
                    .as(state.label())
                    .isEqualTo(isWorking);
        }
    }

    @Test
    void silenceIsTheNetworksAndNotTheHosts() {
        // Given
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        Host host = new Host(
                filon.contracts.value.HostId.of(UUID.randomUUID()),
                "alpha",
                "lyon",
                new HostState.InService(),
                HostReason.WORKING,
                "works",
                now,
                1);
        Instant lastReport = now.minusSeconds(61);
        Liveness silent = new Liveness(1, "", lastReport, 0, "1", lastReport, Connectivity.ONLINE);

        // When
        Standing standing = host.standing(Optional.of(silent), now);

        // Then
        assertThat(standing.state()).isEqualTo("InService");
        assertThat(standing.code()).isEqualTo("SILENT");
        assertThat(standing.owner()).isEqualTo(Owner.NETWORK);
    }

    @Test
    void silenceStandsInFrontOfTheReason() {
        // Given
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        Host host = new Host(
                filon.contracts.value.HostId.of(UUID.randomUUID()),
                "alpha",
                "lyon",
                new HostState.Available(),
                HostReason.BURN_IN_PASSED,
                "tested",
                now,
                1);

        // When
        String online = reason(host, now.minusSeconds(20), now);
        String stale = reason(host, now.minusSeconds(21), now);
        String offline = reason(host, now.minusSeconds(61), now);

        // Then
        assertThat(online).isEqualTo("tested");
        assertThat(stale).isEqualTo("no report since 2026-11-20T11:59:39Z; tested");
        assertThat(offline).isEqualTo("offline, last report at 2026-11-20T11:58:59Z; tested");
    }

    private static String reason(Host host, Instant lastReport, Instant now) {
        Liveness liveness = new Liveness(1, "", lastReport, 0, "1", lastReport, Connectivity.ONLINE);
        return host.reasonWith(java.util.Optional.of(liveness), now);
    }
}
