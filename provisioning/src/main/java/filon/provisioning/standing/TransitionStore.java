package filon.provisioning.standing;

import java.util.List;
import java.util.Optional;

/** Keeps moves; what is written is neither changed nor deleted. */
public interface TransitionStore {
    void add(Transition transition);

    /** The newest first. */
    List<TransitionLine> of(Subject subject, Optional<Long> before, int limit);
}
