package filon.provisioning.standing;

import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Locale;

/** The record of moves: each is written by whoever moves the thing, in the same transaction. */
@ApplicationScoped
public class Transitions {
    private final TransitionStore store;

    Transitions(TransitionStore store) {
        this.store = store;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Transition transition) {
        store.add(transition);
    }

    /** The newest first; empty for what never moved. */
    @Transactional
    public TransitionPage of(Subject subject, TransitionRequest page) {
        return TransitionPage.of(store.of(subject, page.before(), page.limit() + 1), page.limit());
    }

    /**
     * The newest first.
     *
     * @throws ProblemException NOT_FOUND if there is no such thing: what there is has made a move, its first
     */
    @Transactional
    public TransitionPage ofKnown(Subject subject, TransitionRequest page) {
        TransitionPage found = of(subject, page);
        if (found.items().isEmpty() && page.before().isEmpty()) {
            String kind = subject.kind().name().toLowerCase(Locale.ROOT);
            throw new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no " + kind + " " + subject.id()));
        }
        return found;
    }
}
