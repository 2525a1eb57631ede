package filon.practice;

import filon.practice.book.PoolBook;
import filon.practice.book.PoolCounts;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.dialect.Desk;
import filon.practice.dialect.PoolSide;
import filon.practice.dialect.Push;
import filon.practice.fault.ActiveFaults;
import filon.practice.fault.Fault;
import filon.practice.time.PoolTime;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A pool for development and tests: it sends jobs of real shape in its dialect and re-hashes every share.
 *
 * <p>It has no thread, no socket and no clock of its own: bytes come and go through {@link #connect}, time through {@link PoolTime}. Under
 * a simulated time and in one thread, the same plan and the same input give the same bytes. All methods may be called from any thread;
 * they take turns, and what a turn calls (wires, the listener) takes what it is given and returns at once.
 */
public final class PracticePool {
    static final int CONNECTIONS_MAX = 256;
    private static final int JOBS_PER_BLOCK = 6;
    private static final int PRINTED_MAX = 64;

    private final Plan plan;
    private final PoolTime time;
    private final Consumer<String> report;
    private final PoolSide side;
    private final PoolBook book = new PoolBook();
    private final Troubles troubles;
    private final Set<Link> links = new LinkedHashSet<>();
    private final ReentrantLock turn = new ReentrantLock();
    private double difficulty;
    private boolean watching;
    private long watchNanos;
    private boolean closed;
    private long connections;
    private int refreshes;

    private PracticePool(Plan plan, PoolTime time, Consumer<String> report) {
        this.plan = plan;
        this.report = report;
        // whatever is planned for later gets a turn of its own
        this.time = new PoolTime(
                time.clock(), time.nanos(), (delay, task) -> time.scheduler().after(delay, () -> inTurn(task)));
        this.difficulty = plan.difficulty();
        this.side = plan.dialect().side(plan.terms(time.clock()));
        this.troubles = new Troubles(this, plan.seed());
    }

    /** @param report takes one line per share and per ended connection */
    public static PracticePool of(Plan plan, PoolTime time, Consumer<String> report) {
        PracticePool pool = new PracticePool(plan, time, report);
        pool.scheduleJob();
        pool.troubles.plan(plan.faults());
        return pool;
    }

    /** @param report takes one line per share and per ended connection */
    public static PracticePool of(Plan plan, PoolTime time) {
        return of(plan, time, line -> {});
    }

    public Plan plan() {
        return plan;
    }

    /** By what miners know the pool, as it follows the port in its address; empty where they take its word. */
    public String key() {
        return side.key();
    }

    /** A miner that is reached through these, for callers that need not tell how a connection ends. */
    public PracticeLink connect(Consumer<byte[]> toMiner, Runnable closed) {
        return connect(new Wire() {
            @Override
            public void toMiner(byte[] bytes) {
                toMiner.accept(bytes);
            }

            @Override
            public void closed(Ending ending) {
                closed.run();
            }
        });
    }

    /** A miner connects; with all places taken its wire is closed at once. */
    public PracticeLink connect(Wire wire) {
        return inTurn(() -> {
            connections++;
            Link link = new Link(this, wire, connections);
            if (closed || links.size() >= CONNECTIONS_MAX) {
                report("refused a connection: " + links.size() + " are open");
                link.close(Wire.Ending.FINISHED);
                return link;
            }
            Optional<Wire.Ending> refusal = troubles.refusal();
            if (refusal.isPresent()) {
                link.close(refusal.get());
                return link;
            }
            links.add(link);
            if (faults().has(Fault.StopReading.class)) {
                link.reading(false);
            }
            watch();
            return link;
        });
    }

    /** Plans a check for the first whose patience may end, unless one is planned for before that; it plans the next. */
    private void watch() {
        long now = time.nanos().getAsLong();
        long soonest = links.stream().mapToLong(Link::patienceNanos).min().orElse(Long.MAX_VALUE);
        if (soonest < Long.MAX_VALUE && (!watching || now + soonest < watchNanos)) {
            watching = true;
            watchNanos = now + soonest;
            time.scheduler().after(Duration.ofNanos(Math.max(1, soonest)), this::endTheSilent);
        }
    }

    private void endTheSilent() {
        watching = watching && time.nanos().getAsLong() < watchNanos;
        for (Link link : List.copyOf(links)) {
            if (link.patienceNanos() <= 0) {
                link.hangUp("said nothing for too long");
            }
        }
        watch();
    }

    private void scheduleJob() {
        if (!plan.jobEvery().isZero()) {
            time.scheduler().after(plan.jobEvery(), this::scheduledJob);
        }
    }

    private void scheduledJob() {
        if (closed) {
            return;
        }
        refreshes++;
        if (refreshes % JOBS_PER_BLOCK == 0) {
            newBlock();
        } else {
            refreshJob();
        }
        scheduleJob();
    }

    /** Enters a submission into the book and says what is to be answered. */
    Receipt enter(long connection, Desk.Submission submission, Verdict judged) {
        Verdict verdict = judged instanceof Verdict.Accepted right && faults().has(Fault.RejectAll.class)
                ? new Verdict.Refused(PoolError.WILFUL, "rejected", right.solution())
                : judged;
        Receipt receipt = new Receipt(
                book.nextNumber(),
                connection,
                submission.session(),
                shortened(submission.worker()),
                shortened(submission.job()),
                verdict,
                Receipt.Answer.PENDING,
                time.clock().instant());
        book.enter(receipt);
        report("share of " + printable(submission.worker()) + told(verdict) + ", job " + printable(submission.job()));
        return receipt;
    }

    private static String told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> " accepted";
            case Verdict.Refused refused -> " refused (" + refused.error() + ": " + refused.why() + ")";
        };
    }

    /** What a hostile miner calls itself is not kept whole. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(PoolBook.NAME_MAX + 1, text.length()));
    }

    private static String printable(String text) {
        String visible = text.replaceAll("[^\\x21-\\x7e]", "?");
        return visible.substring(0, Math.min(PRINTED_MAX, visible.length()));
    }

    void settle(Receipt receipt, Receipt.Answer answer) {
        book.settle(receipt, answer);
    }

    void forget(Link link) {
        links.remove(link);
    }

    void report(String line) {
        report.accept(line);
    }

    PoolTime time() {
        return time;
    }

    PoolSide side() {
        return side;
    }

    ActiveFaults faults() {
        return troubles.active();
    }

    /** A miner has said something. */
    void heard(Link link) {
        troubles.sendingAway().ifPresent(link::sendAway);
    }

    /** One more line was handed to a wire. */
    void said() {
        troubles.said();
    }

    void sendAway(Push.Reconnect move) {
        List.copyOf(links).forEach(link -> link.sendAway(move));
    }

    void sayRaw(Supplier<Iterator<byte[]>> bytes) {
        List.copyOf(links).forEach(link -> link.sayRaw(bytes.get()));
    }

    void reading(boolean on) {
        List.copyOf(links).forEach(link -> link.reading(on));
    }

    void disconnect(Wire.Ending ending) {
        List.copyOf(links).forEach(link -> link.close(ending));
    }

    double difficulty() {
        return difficulty;
    }

    /** Tells all miners; it counts for the jobs after this. */
    public void setDifficulty(double next) {
        if (!(next > 0) || Double.isInfinite(next)) {
            throw new IllegalArgumentException("difficulty " + next + " is not a positive number");
        }
        inTurn(() -> {
            difficulty = next;
            push(new Push.Difficulty(next));
        });
    }

    /** Sends a job on a new block: shares of earlier jobs are stale. */
    public void newBlock() {
        inTurn(() -> {
            side.nextBlock();
            push(new Push.Job(true));
        });
    }

    /** Sends another job on the same block: earlier jobs still count. */
    public void refreshJob() {
        inTurn(() -> {
            side.nextJob();
            push(new Push.Job(false));
        });
    }

    /** Tells all miners that are ready for jobs. */
    public void push(Push push) {
        inTurn(() -> List.copyOf(links).forEach(link -> link.push(push)));
    }

    /** Lets a fault begin now; it lasts until {@link #heal}, or is done with when it is done. */
    public void inject(Fault fault) {
        inject(fault, Duration.ZERO);
    }

    /** Lets a fault begin now. */
    public void inject(Fault fault, Duration duration) {
        inTurn(() -> troubles.begin(fault, duration));
    }

    /** Ends all faults that last; what the script has planned will come nevertheless. */
    public void heal() {
        inTurn(troubles::endAll);
    }

    /** Cuts all connections; new ones are welcome. */
    public void dropConnections() {
        inject(new Fault.Disconnect(true));
    }

    public int connections() {
        return inTurn(links::size);
    }

    public long acceptedShares() {
        return counts().accepted();
    }

    /** The last 10,000 submissions, oldest first. */
    public List<Receipt> receipts() {
        return inTurn(book::receipts);
    }

    /** Those of them that were accepted. */
    public List<Receipt> shares() {
        return receipts().stream().filter(Receipt::isAccepted).toList();
    }

    /** @param listener is told of every receipt when its answer is sent or lost */
    public void listen(Consumer<Receipt> listener) {
        inTurn(() -> book.listen(listener));
    }

    public PoolCounts countsOf(String worker) {
        return inTurn(() -> book.countsOf(worker));
    }

    /** What came from all workers, the refused and the nameless ones too. */
    public PoolCounts counts() {
        return inTurn(book::total);
    }

    /** Ends all connections, and takes no new ones. */
    public void close() {
        inTurn(() -> {
            closed = true;
            disconnect(Wire.Ending.RESET);
        });
    }

    void inTurn(Runnable what) {
        inTurn(() -> {
            what.run();
            return true;
        });
    }

    <T> T inTurn(Supplier<T> what) {
        turn.lock();
        try {
            return what.get();
        } finally {
            turn.unlock();
        }
    }
}
