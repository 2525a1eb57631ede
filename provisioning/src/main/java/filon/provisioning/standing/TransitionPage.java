package filon.provisioning.standing;

import java.util.List;
import java.util.Optional;

/** Some of a thing's moves, the newest first; the next page begins before {@code next}. */
public record TransitionPage(List<TransitionLine> items, Optional<Long> next) {
    public TransitionPage {
        items = List.copyOf(items);
    }

    /** @param found one more than {@code limit} when there is a next page */
    static TransitionPage of(List<TransitionLine> found, int limit) {
        if (found.size() <= limit) {
            return new TransitionPage(found, Optional.empty());
        }
        List<TransitionLine> items = found.subList(0, limit);
        return new TransitionPage(items, Optional.of(items.getLast().number()));
    }
}
