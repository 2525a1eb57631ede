package filon.provisioning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import filon.provisioning.Diagram;
import filon.provisioning.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DemandMovesTest {
    private static final List<DemandState> STATES = List.of(
            new DemandState.Unheard(),
            new DemandState.Awaiting(),
            new DemandState.Placed(),
            new DemandState.Suspended(),
            new DemandState.Over());
    private static final List<DemandEvent> EVENTS = List.of(
            new DemandEvent.Funded(Samples.order("opencl-cpu", 1), 7),
            new DemandEvent.Suspended(7),
            new DemandEvent.Ending(),
            new DemandEvent.Granted());

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        TreeSet<String> drawn = Diagram.movesOf("placement/demand.mmd");

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (DemandState state : STATES) {
            for (DemandEvent event : EVENTS) {
                if (DemandMoves.on(in(state), event) instanceof DemandMoves.Moved(Demand next)) {
                    moved.add(Diagram.move(
                            state.label(),
                            event.getClass().getSimpleName(),
                            next.state().label()));
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(DemandState.class.getPermittedSubclasses().length);
        assertThat(EVENTS).hasSize(DemandEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void eachPlacementRaisesTheEpoch() {
        // Given
        Demand demand = in(new DemandState.Awaiting());

        // When
        Demand placed = next(demand, new DemandEvent.Granted());
        Demand again = next(
                next(next(placed, new DemandEvent.Suspended(8)), new DemandEvent.Funded(demand.order(), 9)),
                new DemandEvent.Granted());

        // Then
        assertThat(placed.epoch()).isEqualTo(demand.epoch() + 1);
        assertThat(again.epoch()).isEqualTo(demand.epoch() + 2);
    }

    @Test
    void theNewestFundingOrSuspensionWinsInWhateverOrderTheyCome() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            // Given
            List<DemandEvent> story = new ArrayList<>();
            int length = 1 + random.nextInt(6);
            for (int sequence = 1; sequence <= length; sequence++) {
                story.add(
                        sequence % 2 == 1
                                ? new DemandEvent.Funded(Samples.order("opencl-cpu", 1), sequence)
                                : new DemandEvent.Suspended(sequence));
            }
            boolean wantsToRun = length % 2 == 1;
            story.addAll(story.subList(0, random.nextInt(story.size() + 1)));
            Collections.shuffle(story, random);

            // When
            Demand demand = Demand.unheard(Samples.rental());
            for (DemandEvent event : story) {
                demand = next(demand, event);
                if (random.nextBoolean()) {
                    demand = next(demand, new DemandEvent.Granted());
                }
            }

            // Then
            assertThat(demand.state() instanceof DemandState.Suspended)
                    .as("seed %d, round %d: %s", seed, round, story)
                    .isEqualTo(!wantsToRun);
        }
    }

    @Test
    void nothingFollowsAnEnd() {
        // Given
        Demand over = next(Demand.unheard(Samples.rental()), new DemandEvent.Ending());

        // When
        Demand later = next(over, new DemandEvent.Funded(Samples.order("opencl-cpu", 1), 100));

        // Then
        assertThat(later.state()).isEqualTo(new DemandState.Over());
    }

    private static Demand next(Demand demand, DemandEvent event) {
        return switch (DemandMoves.on(demand, event)) {
            case DemandMoves.Moved(Demand next) -> next;
            case DemandMoves.Refused refused -> demand;
        };
    }

    private static Demand in(DemandState state) {
        return new Demand(Samples.rental(), Samples.order("opencl-cpu", 1), state, 3, 5, List.of());
    }
}
