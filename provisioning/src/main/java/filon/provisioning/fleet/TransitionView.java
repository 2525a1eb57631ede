package filon.provisioning.fleet;

import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.TransitionLine;
import filon.provisioning.standing.TransitionPage;
import java.time.Instant;
import java.util.List;

/**
 * A move as staff see it.
 *
 * @param from null for the first state
 * @param at by our clock
 */
public record TransitionView(String from, String to, String code, String detail, Actor actor, Instant at) {

    /** @param nextCursor null on the last page */
    public record Page(List<TransitionView> items, String nextCursor) {
        public static Page of(TransitionPage page) {
            return new Page(
                    page.items().stream().map(TransitionView::of).toList(),
                    page.next().map(String::valueOf).orElse(null));
        }
    }

    private static TransitionView of(TransitionLine line) {
        Transition moved = line.transition();
        return new TransitionView(
                moved.from().orElse(null), moved.to(), moved.code(), moved.detail(), moved.actor(), moved.at());
    }
}
