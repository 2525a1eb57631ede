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

    private static final int REFUSALS_MAX = 7;

    private Optional<String> resume = Optional.empty();
    private Probing probing = Probing.UNKNOWN;
    private int refusals;
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

    /** A job could not be searched; how many times as long as usual the pool has to be good now, beyond the usual once. */
    long refusedOnceMore() {
        refusals = Math.min(refusals + 1, REFUSALS_MAX);
        return (1L << refusals) - 1;
    }

    void searchedAgain() {
        refusals = 0;
    }

    Probing probing() {
        return probing;
    }

    void probing(Probing found) {
        probing = found;
    }
}
