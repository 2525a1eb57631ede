package filon.mining.pool;

import java.util.Optional;

/**
 * Finds out within two seconds that a pool is silent which is otherwise quiet for minutes: pools that answer a harmless question are
 * asked one when they are quiet, and those that answered shares are expected to. Which pools answer is learnt by asking once; those that
 * do not are left alone.
 */
final class SilenceWatch {
    private final StandbyLimits limits;
    private final PoolMemory memory;
    private long heardNanos;
    private long soundSinceNanos;
    private Optional<Long> askedNanos = Optional.empty();
    private Optional<Long> sentNanos = Optional.empty();
    private boolean answersShares;
    private boolean silent;

    SilenceWatch(StandbyLimits limits, PoolMemory memory, long now) {
        this.limits = limits;
        this.memory = memory;
        this.heardNanos = now;
        this.soundSinceNanos = now;
    }

    /** The pool said something, whatever it was. */
    void heard(long now) {
        heardNanos = now;
        sentNanos = Optional.empty();
        if (askedNanos.isPresent()) {
            askedNanos = Optional.empty();
            memory.probing(PoolMemory.Probing.ANSWERED);
        }
        if (silent) {
            silent = false;
            soundSinceNanos = now;
        }
    }

    /** The session is over: a pool that left with the first question open may have left because of it, and is not asked again. */
    void end() {
        if (askedNanos.isPresent() && memory.probing() == PoolMemory.Probing.UNKNOWN) {
            memory.probing(PoolMemory.Probing.IGNORED);
        }
    }

    void shareSent(long now) {
        sentNanos = sentNanos.or(() -> Optional.of(now));
    }

    void shareAnswered() {
        answersShares = true;
    }

    boolean isSilent() {
        return silent;
    }

    long soundSinceNanos() {
        return soundSinceNanos;
    }

    /** The first job came. */
    void begin(long now) {
        soundSinceNanos = now;
    }

    void look(PoolSession session, long now) {
        switch (memory.probing()) {
            case UNKNOWN -> learn(session, now);
            case ANSWERED -> ask(session, now);
            case IGNORED -> {}
        }
        boolean isProbeLate = memory.probing() == PoolMemory.Probing.ANSWERED && isLate(askedNanos, now);
        silent |= isProbeLate || answersShares && isLate(sentNanos, now);
    }

    private boolean isLate(Optional<Long> since, long now) {
        return since.filter(begin ->
                        now - Math.max(begin, heardNanos) > limits.answer().toNanos())
                .isPresent();
    }

    private void learn(PoolSession session, long now) {
        if (askedNanos.isEmpty()) {
            askedNanos = session.probe() ? Optional.of(now) : Optional.empty();
            memory.probing(askedNanos.isPresent() ? PoolMemory.Probing.UNKNOWN : PoolMemory.Probing.IGNORED);
        } else if (now - askedNanos.get() > limits.job().toNanos()) {
            memory.probing(PoolMemory.Probing.IGNORED);
            askedNanos = Optional.empty();
        }
    }

    private void ask(PoolSession session, long now) {
        boolean isQuiet = now - heardNanos > limits.probe().toNanos();
        if (askedNanos.isEmpty() && isQuiet && session.probe()) {
            askedNanos = Optional.of(now);
        }
    }
}
