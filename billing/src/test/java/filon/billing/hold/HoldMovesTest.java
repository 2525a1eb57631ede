package filon.billing.hold;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.Scene;
import filon.contracts.message.BillingNotice;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HoldMovesTest {
    private static final List<HoldState> STATES = List.of(
            new HoldState.Requested(),
            new HoldState.Unfunded(),
            new HoldState.Placed(),
            new HoldState.Exhausted(),
            new HoldState.Ending(),
            new HoldState.Settled());
    private static final List<HoldEvent> EVENTS = List.of(
            new HoldEvent.Covered(MicroEuro.of(360_000)),
            new HoldEvent.Uncovered(MicroEuro.of(2), MicroEuro.of(1), "too little"),
            new HoldEvent.Spent(),
            new HoldEvent.EndAsked(),
            new HoldEvent.Metered(3, MicroEuro.of(300)));

    @Test
    void movesExactlyAsTheDiagramDraws() throws IOException {
        // Given
        Pattern edge = Pattern.compile("\\s*(\\w+) --> (\\w+) : (\\w+)");
        TreeSet<String> drawn = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/main/java/filon/billing/hold/hold.mmd"))) {
            Matcher matcher = edge.matcher(line);
            if (matcher.matches()) {
                drawn.add(matcher.group(1) + " -" + matcher.group(3) + "-> " + matcher.group(2));
            }
        }

        // When
        TreeSet<String> moved = new TreeSet<>();
        for (HoldState state : STATES) {
            for (HoldEvent event : EVENTS) {
                if (HoldMoves.on(in(state), event) instanceof HoldMoves.Moved next) {
                    moved.add(name(state) + " -" + name(event) + "-> "
                            + name(next.next().state()));
                }
            }
        }

        // Then
        assertThat(STATES).hasSize(HoldState.class.getPermittedSubclasses().length);
        assertThat(EVENTS).hasSize(HoldEvent.class.getPermittedSubclasses().length);
        assertThat(moved).isEqualTo(drawn);
    }

    @Test
    void everyMoveThatOthersWaitForIsSaid() {
        assertThat(said(new HoldState.Requested(), EVENTS.get(0)))
                .hasOnlyElementsOfType(BillingNotice.HoldPlaced.class);
        assertThat(said(new HoldState.Placed(), EVENTS.get(0))).hasOnlyElementsOfType(BillingNotice.HoldPlaced.class);
        assertThat(said(new HoldState.Requested(), EVENTS.get(1)))
                .hasOnlyElementsOfType(BillingNotice.HoldRefused.class);
        assertThat(said(new HoldState.Placed(), EVENTS.get(2)))
                .hasOnlyElementsOfType(BillingNotice.BalanceExhausted.class);
        assertThat(said(new HoldState.Exhausted(), EVENTS.get(2))).isEmpty();
        assertThat(said(new HoldState.Ending(), EVENTS.get(4)))
                .containsExactly(new BillingNotice.RentalSettled(
                        in(new HoldState.Ending()).customer(), RENTAL, 3, MicroEuro.of(300)));
        assertThat(said(new HoldState.Settled(), EVENTS.get(4))).isEmpty();
    }

    @Test
    void onlyANewFundingOpensANewRound() {
        assertThat(next(new HoldState.Exhausted(), EVENTS.get(0)).round()).isEqualTo(3);
        assertThat(next(new HoldState.Placed(), EVENTS.get(0)).round()).isEqualTo(2);
        assertThat(next(new HoldState.Placed(), EVENTS.get(2)).round()).isEqualTo(2);
    }

    private static final RentalId RENTAL = RentalId.of(UUID.fromString("00000000-0000-4000-8000-000000000001"));

    private static Hold in(HoldState state) {
        Hold hold = Hold.requested(RENTAL, Scene.order(filon.contracts.value.CustomerId.of("cleo"), 1));
        return new Hold(hold.rental(), hold.customer(), hold.terms(), state, 2);
    }

    private static Hold next(HoldState state, HoldEvent event) {
        return ((HoldMoves.Moved) HoldMoves.on(in(state), event)).next();
    }

    private static List<BillingNotice> said(HoldState state, HoldEvent event) {
        return switch (HoldMoves.on(in(state), event)) {
            case HoldMoves.Moved moved -> moved.messages();
            case HoldMoves.Refused refused -> List.of();
        };
    }

    private static String name(Object o) {
        return o.getClass().getSimpleName();
    }
}
