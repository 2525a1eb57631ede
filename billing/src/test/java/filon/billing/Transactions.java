package filon.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Transactions as a test wants them: one around several steps, or one that dies before its commit. */
@ApplicationScoped
public class Transactions {
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void run(Runnable work) {
        work.run();
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <T> T call(Supplier<T> work) {
        return work.get();
    }

    /** Does the work and rolls it back, as a process does that dies before the commit; to be caught by the caller. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void crash(Runnable work) {
        work.run();
        throw new CrashException();
    }

    /** The process died. */
    public static final class CrashException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
