package filon.billing.hold;

import filon.contracts.message.BillingNotice;
import filon.contracts.message.BillingNotice.BalanceExhausted;
import filon.contracts.message.BillingNotice.HoldPlaced;
import filon.contracts.message.BillingNotice.HoldRefused;
import filon.contracts.message.BillingNotice.RentalSettled;
import java.util.List;

/** The moves of a hold, pure: from a hold and an event to the next hold and what is to be said, or to a refusal. */
public final class HoldMoves {
    private HoldMoves() {}

    /** What came of an event. */
    public sealed interface Decision {}

    /** The hold becomes {@code next}; it may stay where it is and still have an answer. */
    public record Moved(Hold next, List<BillingNotice> messages) implements Decision {
        public Moved {
            messages = List.copyOf(messages);
        }
    }

    /** The event has no meaning in this state: it came late, twice or too early, and changes nothing. */
    public record Refused(String why) implements Decision {}

    public static Decision on(Hold hold, HoldEvent event) {
        return switch (event) {
            case HoldEvent.Covered covered -> onCovered(hold, covered);
            case HoldEvent.Uncovered uncovered -> onUncovered(hold, uncovered);
            case HoldEvent.Spent spent -> onSpent(hold);
            case HoldEvent.EndAsked asked -> onEndAsked(hold);
            case HoldEvent.Metered metered -> onMetered(hold, metered);
        };
    }

    private static Decision onCovered(Hold hold, HoldEvent.Covered covered) {
        HoldPlaced answer = new HoldPlaced(hold.customer(), hold.rental(), covered.held());
        return switch (hold.state()) {
            case HoldState.Requested requested -> new Moved(hold.placedAgain(), List.of(answer));
            case HoldState.Unfunded unfunded -> new Moved(hold.placedAgain(), List.of(answer));
            case HoldState.Exhausted exhausted -> new Moved(hold.placedAgain(), List.of(answer));
            case HoldState.Placed placed -> new Moved(hold, List.of(answer));
            case HoldState.Ending ending -> tooLate("a rental that ends gets no new hold");
            case HoldState.Settled settled -> tooLate("a settled rental gets no new hold");
        };
    }

    private static Decision onUncovered(Hold hold, HoldEvent.Uncovered uncovered) {
        HoldRefused answer = new HoldRefused(
                hold.customer(), hold.rental(), uncovered.needed(), uncovered.available(), uncovered.reason());
        return switch (hold.state()) {
            case HoldState.Requested requested -> new Moved(hold.to(new HoldState.Unfunded()), List.of(answer));
            case HoldState.Unfunded unfunded -> new Moved(hold, List.of(answer));
            case HoldState.Exhausted exhausted -> new Moved(hold, List.of(answer));
            case HoldState.Placed placed -> tooLate("the hold is already placed");
            case HoldState.Ending ending -> new Moved(hold, List.of(answer));
            case HoldState.Settled settled -> new Moved(hold, List.of(answer));
        };
    }

    private static Decision onSpent(Hold hold) {
        return switch (hold.state()) {
            case HoldState.Placed placed ->
                new Moved(
                        hold.to(new HoldState.Exhausted()),
                        List.of(new BalanceExhausted(hold.customer(), hold.rental())));
            case HoldState.Exhausted exhausted -> tooLate("this exhaustion was already said");
            case HoldState.Ending ending -> tooLate("the rental ends anyway");
            case HoldState.Requested requested -> tooLate("nothing is held");
            case HoldState.Unfunded unfunded -> tooLate("nothing is held");
            case HoldState.Settled settled -> tooLate("the rental is settled");
        };
    }

    private static Decision onEndAsked(Hold hold) {
        return switch (hold.state()) {
            case HoldState.Unfunded unfunded -> ending(hold);
            case HoldState.Placed placed -> ending(hold);
            case HoldState.Exhausted exhausted -> ending(hold);
            case HoldState.Requested requested -> tooLate("the request is not decided yet");
            case HoldState.Ending ending -> tooLate("the rental already ends");
            case HoldState.Settled settled -> tooLate("the rental is settled");
        };
    }

    private static Decision onMetered(Hold hold, HoldEvent.Metered metered) {
        return switch (hold.state()) {
            case HoldState.Ending ending ->
                new Moved(
                        hold.to(new HoldState.Settled()),
                        List.of(new RentalSettled(
                                hold.customer(), hold.rental(), metered.provenSeconds(), metered.cost())));
            case HoldState.Requested requested -> tooLate("the rental does not end");
            case HoldState.Unfunded unfunded -> tooLate("the rental does not end");
            case HoldState.Placed placed -> tooLate("the rental does not end");
            case HoldState.Exhausted exhausted -> tooLate("the rental does not end");
            case HoldState.Settled settled -> tooLate("the rental is settled");
        };
    }

    private static Moved ending(Hold hold) {
        return new Moved(hold.to(new HoldState.Ending()), List.of());
    }

    private static Refused tooLate(String why) {
        return new Refused(why);
    }
}
