package filon.api.rental.rest;

import filon.api.rental.Transition;
import filon.api.rental.TransitionPage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A rental's transitions as its customer reads them. */
final class HistoryView {
    private HistoryView() {}

    /** @param at when the rental came into the state, or got another reason for it */
    @Schema(name = "RentalTransition")
    record Item(
            Instant at,

            @Schema(description = "the state's name, as in the rental itself")
            String state,

            @Schema(description = "of the reason, for programs")
            String code,

            String reason,

            @Schema(
                    description = "on whose side it lies",
                    enumeration = {"nobody", "customer", "provider", "pool", "network"})
            String owner,

            @Schema(
                    description = "who could bring it on",
                    enumeration = {"nobody", "customer", "provider", "pool", "network"})
            String whoseMove,

            String nextStep) {
        static Item of(Transition transition) {
            return new Item(
                    transition.at(),
                    transition.state(),
                    transition.code().code(),
                    transition.reason(),
                    transition.code().owner().name().toLowerCase(Locale.ROOT),
                    transition.mover().label(),
                    transition.nextStep());
        }
    }

    /** @param nextCursor absent on the last page */
    @Schema(name = "RentalHistory")
    record Page(List<Item> items, String nextCursor) {
        static Page of(TransitionPage page) {
            return new Page(
                    page.items().stream().map(Item::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }
}
