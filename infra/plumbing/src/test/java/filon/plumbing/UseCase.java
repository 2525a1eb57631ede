package filon.plumbing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A transaction as use cases have one. */
@ApplicationScoped
public class UseCase {
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void run(Runnable effect) {
        effect.run();
    }
}
