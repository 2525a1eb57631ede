package filon.api.rental;

import java.util.List;
import java.util.Optional;

/** Some of a rental's transitions, newest first; the next page begins before {@code next}. */
public record TransitionPage(List<Transition> items, Optional<Long> next) {
    public TransitionPage {
        items = List.copyOf(items);
    }

    /** @param found one more than {@code limit} when there is a next page */
    static TransitionPage of(List<Transition> found, int limit) {
        if (found.size() <= limit) {
            return new TransitionPage(found, Optional.empty());
        }
        List<Transition> items = found.subList(0, limit);
        return new TransitionPage(items, Optional.of(items.getLast().number()));
    }
}
