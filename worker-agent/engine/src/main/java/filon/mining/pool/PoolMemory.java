package filon.mining.pool;

import java.util.Optional;

/** What is remembered of a pool from one session to the next. Belongs to the thread that serves pools. */
public final class PoolMemory {
    /** Whether a pool answers when it is asked for a sign of life. */
    enum Probing {
        UNKNOWN,
        ANSWERED,
        IGNORED
    }

    private Optional<String> resume = Optional.empty();
    private Probing probing = Probing.UNKNOWN;
    private boolean shy;

    /** How the pool can be asked to go on with the session before. */
    public Optional<String> resume() {
        return resume;
    }

    public void resumeWith(String text) {
        resume = Optional.of(text);
    }

    public void forgetResume() {
        resume = Optional.empty();
    }

    /** Whether the pool hung up before its first job, after it was asked for more than it had to give: it is asked for the least now. */
    public boolean isShy() {
        return shy;
    }

    public void hungUpEarly() {
        shy = !shy;
    }

    Probing probing() {
        return probing;
    }

    void probing(Probing found) {
        probing = found;
    }
}
