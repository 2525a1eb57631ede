package filon.provisioning.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.HashRate;
import filon.provisioning.Diagram;
import filon.provisioning.Reasons;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GpuMovesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<GpuState> STATES = List.of(
            new GpuState.Untested(),
            new GpuState.Healthy(),
            new GpuState.Degraded(),
            new GpuState.Failed(),
            new GpuState.Excluded());
    private static final List<GpuEvent> EVENTS = List.of(
            new GpuEvent.BurnInPassed("why"),
            new GpuEvent.BurnInWaived("why"),
            new GpuEvent.Weakened("why"),
            new GpuEvent.Broken("why"),
            new GpuEvent.ExclusionAsked("why"),
            new GpuEvent.InclusionAsked("why"));

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        TreeSet<String> drawn = Diagram.movesOf("inventory/gpu.mmd");

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (GpuState state : STATES) {
            for (GpuEvent event : EVENTS) {
                switch (GpuMoves.on(state, event)) {
                    case GpuMoves.Moved(GpuState next, String reason) -> {
                        assertThat(reason).isEqualTo("why");
                        moved.add(Diagram.move(state.label(), event.getClass().getSimpleName(), next.label()));
                    }
                    case GpuMoves.Refused(var code, String why) ->
                        assertThat(why).contains(state.label());
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(GpuState.class.getPermittedSubclasses().length);
        assertThat(EVENTS).hasSize(GpuEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void onlyABurnInMakesAGpuPlaceable() {
        for (GpuState state : STATES) {
            for (GpuEvent event : EVENTS) {
                boolean becomesPlaceable = !state.isPlaceable()
                        && GpuMoves.on(state, event) instanceof GpuMoves.Moved(var next, var why)
                        && next.isPlaceable();
                boolean isBurnIn = event instanceof GpuEvent.BurnInPassed || event instanceof GpuEvent.BurnInWaived;
                assertThat(becomesPlaceable && !isBurnIn)
                        .as("%s on %s", state, event)
                        .isFalse();
            }
        }
    }

    @Test
    void everyStateForEveryReasonSaysOnWhoseSideItLiesAndWhatComesNext() {
        Reasons.everyStateIsHonest(
                GpuReason.values(), STATES.stream().map(GpuState::label).toList(), "Healthy");
    }

    @Test
    void everyMoveHasAReasonOfTheStateItLeadsTo() {
        for (GpuState state : STATES) {
            for (GpuEvent event : EVENTS) {
                if (GpuMoves.on(state, event) instanceof GpuMoves.Moved moved) {
                    GpuHealth health = GpuHealth.after(event, moved, NOW);
                    assertThat(health.code().belongsTo(health.state().label()))
                            .as(health.toString())
                            .isTrue();
                }
            }
        }
        assertThatThrownBy(() -> new GpuEvent.Broken(GpuReason.EXCLUDED, "hot")).hasMessageContaining("EXCLUDED");
    }

    @Test
    void everyStateKeepsItsName() {
        assertThat(STATES)
                .allSatisfy(state -> assertThat(GpuState.of(state.label())).isEqualTo(state));
        assertThatThrownBy(() -> GpuState.of("Melted")).hasMessageContaining("Melted");
    }

    @Test
    void refusesAStateWithoutAReason() {
        assertThatThrownBy(() -> new GpuHealth(new GpuState.Failed(), GpuReason.FAULT_FOUND, " ", NOW))
                .hasMessageContaining("Failed");
    }

    @Test
    void refusesAMedianOutsideItsSamples() {
        assertThatThrownBy(() -> new MeasuredRate(
                        Algorithm.SHA256D, HashRate.of(3_000), HashRate.of(1_000), HashRate.of(2_000), NOW))
                .hasMessageContaining("3.00 kH/s")
                .hasMessageContaining("2.00 kH/s");
    }
}
