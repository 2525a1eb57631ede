package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pool of a list: keeps a session open while it is wanted, finds out which dialect the pool speaks, comes back after a pause that
 * doubles, follows the pool where it may move its miners, and settles in the next session what had no answer in the last.
 *
 * <p>Belongs to the thread that serves pools.
 */
final class PoolSlot implements ServedPool.Owner {
    private static final double SHARES_PER_SECOND_MAX = 1_000;
    /** So many sessions in a row that came to nothing, and a pool may have changed what it speaks. */
    private static final int FAILURES_UNTIL_GUESS = 3;

    private static final int REASON_LENGTH_MAX = 1_000;

    private final PoolOrder order;
    private final DeskTools tools;
    private final Listener listener;
    private final PoolLimits limits;
    private final List<PoolDialect> dialects;
    private final PoolMemory memory = new PoolMemory();
    private final BackOff backOff;
    private final UnsettledShares unsettled;
    private final List<String> refusals = new ArrayList<>();
    private Duration guessPatience;
    private int dialect;
    private boolean isDialectKnown;
    private int failuresToAgree;
    private boolean isSettled;
    private Optional<ServedPool> serving = Optional.empty();
    private Optional<PoolAddress> movedTo = Optional.empty();
    private long movedNanos;
    private long retryNanos;
    private String lastReason = "not connected yet";

    /** Hears what happens at a slot. */
    interface Listener {
        void on(PoolSlot slot, PoolEvent event);

        /** Whether the slot's job is the one that is hashed. */
        boolean isActive(PoolSlot slot);
    }

    PoolSlot(PoolOrder order, DeskTools tools, List<PoolDialect> dialects, Listener listener) {
        this.order = order;
        this.tools = tools;
        this.listener = listener;
        this.limits = tools.terms().limits();
        this.dialects = List.copyOf(dialects);
        this.backOff = new BackOff(
                limits.retryFirst(), limits.retryMax(), tools.terms().random());
        this.unsettled =
                new UnsettledShares((share, verdict) -> listener.on(this, new PoolEvent.Judged(share, verdict, 0)));
        this.guessPatience = limits.guess();
        this.retryNanos = now();
    }

    private long now() {
        return tools.terms().ticker().getAsLong();
    }

    PoolAddress address() {
        return serving.map(each -> each.at().address()).orElse(order.address());
    }

    /** The newest job of the session that is open. */
    Optional<PoolJob> job() {
        return serving.flatMap(ServedPool::job);
    }

    Standing standing() {
        if (job().isEmpty()) {
            return Standing.OUT;
        }
        return trouble().isEmpty() ? Standing.SOUND : Standing.DOUBTFUL;
    }

    /** Why there is no job, or why it is not trusted; empty where all is well. */
    String trouble() {
        if (job().isEmpty()) {
            return lastReason;
        }
        ServedPool served = serving.orElseThrow();
        if (served.refusal().isPresent()) {
            return "its job cannot be searched: " + served.refusal().get();
        }
        return served.isSilent() ? "the pool does not answer" : absurdity(job().get());
    }

    /** The miner cannot search this job of the pool. */
    void refuse(PoolJob job, String why) {
        serving.ifPresent(each -> each.refuse(job, why));
    }

    private String absurdity(PoolJob job) {
        double rate = tools.rate().getAsDouble();
        double seconds = rate > 0 ? job.target().hashesPerHit() / rate : 1;
        if (seconds > limits.standby().hardest().toSeconds()) {
            return "a share would take " + (long) (seconds / 60) + " minutes at this rate";
        }
        return seconds < 1 / SHARES_PER_SECOND_MAX ? "shares are so easy that thousands a second would be found" : "";
    }

    /** Whether it has been sound for as long as it takes to be returned to. */
    boolean isProven() {
        return standing() == Standing.SOUND
                && now() - serving.orElseThrow().soundSinceNanos()
                        >= limits.standby().good().toNanos();
    }

    boolean owns(Share share) {
        return serving.filter(each -> each.id() == share.sessionId()).isPresent();
    }

    void submit(Share share) {
        serving.ifPresent(each -> each.submit(share));
    }

    /** Carries a share of this pool's session that ended last into the next one; false where that is not possible. */
    boolean carryOver(Share share) {
        if (job().isEmpty()) {
            return unsettled.keep(share);
        }
        PoolSession session = serving.orElseThrow().session();
        if (unsettled.counts(share, session)) {
            session.settle(share);
            return true;
        }
        return false;
    }

    /**
     * Looks at the clock.
     *
     * @param isWanted whether a session should be open
     * @param isWatched whether another pool could take over
     */
    void tick(boolean isWanted, boolean isWatched) {
        if (serving.isPresent() && !isWanted) {
            release(serving.get());
            lastReason = "not needed";
            retryNanos = now();
        }
        if (serving.isEmpty() && isWanted && now() - retryNanos >= 0) {
            connect();
        }
        serving.ifPresent(each -> each.tick(isWatched));
        unsettled.expire(now(), limits.answer().toNanos());
    }

    private void connect() {
        PoolOrder at = movedTo.map(order::at).orElse(order);
        listener.on(this, new PoolEvent.Connecting(at.address()));
        ServedPool.Beginning beginning = new ServedPool.Beginning(
                at, dialects.get(dialect), memory, isGuessing() ? guessPatience : limits.connect());
        serving = Optional.of(new ServedPool(beginning, tools, this));
    }

    @Override
    public void on(ServedPool served, PoolEvent event) {
        if (event instanceof PoolEvent.NewJob && !isSettled) {
            isSettled = true;
            isDialectKnown = true;
            failuresToAgree = 0;
            unsettled.settle(served.session());
        }
        if (event instanceof PoolEvent.Judged judged && judged.verdict() instanceof ShareVerdict.Accepted) {
            backOff.reset();
        }
        listener.on(this, event);
    }

    @Override
    public boolean isWorkedFor() {
        return listener.isActive(this);
    }

    @Override
    public void lost(ServedPool served, IOException reason) {
        release(served);
        boolean isFirstMove = movedTo.isEmpty()
                || now() - movedNanos > limits.standby().good().toNanos();
        if (reason instanceof PoolMovedException moved && isFirstMove) {
            follow(served, moved);
            return;
        }
        // a second move before the pool proved itself is a circle or a fault: back to the address the customer gave
        movedTo = Optional.empty();
        String why = PrintableText.of(String.valueOf(reason.getMessage()), REASON_LENGTH_MAX);
        if (served.job().isPresent()) {
            rest(served, why, pauseAfterJob(served));
        } else if (served.wasOpened()) {
            failedToAgree(served, why);
        } else {
            rest(served, why, backOff.next());
        }
    }

    private Duration pauseAfterJob(ServedPool served) {
        if (now() - served.soundSinceNanos() > limits.standby().good().toNanos()) {
            backOff.reset();
        }
        return backOff.next();
    }

    private boolean isGuessing() {
        return !isDialectKnown && dialects.size() > 1;
    }

    /** Perhaps it speaks another dialect, or does not like to be asked for what it does not know. */
    private void failedToAgree(ServedPool served, String why) {
        failuresToAgree++;
        if (failuresToAgree >= FAILURES_UNTIL_GUESS) {
            isDialectKnown = false;
        }
        if (!isGuessing()) {
            memory.hungUpEarly();
            rest(served, why, backOff.next());
            return;
        }
        String tried = dialects.get(dialect).name();
        refusals.add(tried + ": " + why);
        dialect = (dialect + 1) % dialects.size();
        if (dialect == 0) {
            failedToUnderstand(served);
            return;
        }
        retryNanos = now();
        lastReason = "it is being found out what the pool speaks";
        String next = dialects.get(dialect).name();
        listener.on(
                this,
                new PoolEvent.Said(
                        served.at().address(), "does not seem to speak " + tried + " (" + why + "); trying " + next));
    }

    /** Only now is it a failure; the next round takes the time that a slow pool may need. */
    private void failedToUnderstand(ServedPool served) {
        String reason = "the pool speaks nothing that was tried; " + String.join("; ", refusals);
        refusals.clear();
        guessPatience = limits.connect();
        memory.hungUpEarly();
        rest(served, reason, backOff.next());
    }

    private void follow(ServedPool served, PoolMovedException moved) {
        movedTo = Optional.of(moved.address());
        movedNanos = now();
        rest(served, String.valueOf(moved.getMessage()), moved.pause());
    }

    private void rest(ServedPool served, String reason, Duration pause) {
        retryNanos = now() + pause.toNanos();
        lastReason = reason;
        listener.on(this, new PoolEvent.Lost(served.at().address(), reason, pause.toMillis()));
    }

    private void release(ServedPool ending) {
        serving = Optional.empty();
        isSettled = false;
        ending.end();
        unsettled.sessionEnded(ending.id(), ending.session(), now());
    }

    int openShares() {
        return serving.map(each -> each.session().openShares()).orElse(0);
    }

    /** Ends for good: no share stays without a verdict. */
    void close() {
        serving.ifPresent(this::release);
        unsettled.forget("the miner ended first");
    }
}
