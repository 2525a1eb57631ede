package filon.mining.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * One session of a pool, from the moment its wire is asked for, and how sound the pool is in it. Belongs to the thread that serves pools.
 */
final class ServedPool implements WireListener {
    /** An honest pool says kilobytes; all that is heard has to be read by the one thread that serves all pools. */
    private static final int BYTES_PER_SECOND_MAX = 1 << 20;

    private static final int BYTES_AT_ONCE_MAX = 4 * BYTES_PER_SECOND_MAX;

    private final PoolOrder at;
    private final long id;
    private final DeskTools tools;
    private final Owner owner;
    private final SilenceWatch silence;
    private final Allowance incoming;
    private final PoolSession session;
    private final Wire wire;
    private final PoolMemory memory;
    private Optional<PoolJob> job = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private boolean opened;
    private boolean over;
    private int rejectsInARow;
    private String lastReject = "";

    /** Whose session it is. */
    interface Owner {
        void on(ServedPool served, PoolEvent event);

        void lost(ServedPool served, IOException reason);

        /** Whether the pool's job is the one that is hashed. */
        boolean isWorkedFor();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A session is made before the wire it writes to. */
    private static final class LateWire implements Wire {
        private Optional<Wire> wire = Optional.empty();

        @Override
        public void send(byte[] bytes) {
            wire.ifPresent(now -> now.send(bytes));
        }

        @Override
        public void close() {
            wire.ifPresent(Wire::close);
        }
    }

    /** How a session is begun. */
    record Beginning(PoolOrder at, PoolDialect dialect, PoolMemory memory, Duration patience) {}

    ServedPool(Beginning beginning, DeskTools tools, Owner owner) {
        this.at = beginning.at();
        this.id = tools.nextSessionId().getAsLong();
        this.tools = tools;
        this.memory = beginning.memory();
        this.owner = owner;
        this.silence = new SilenceWatch(tools.terms().limits().standby(), beginning.memory(), now());
        this.incoming = new Allowance(BYTES_AT_ONCE_MAX, BYTES_PER_SECOND_MAX, now());
        LateWire late = new LateWire();
        DoubleSupplier rate = () -> owner.isWorkedFor() ? tools.rate().getAsDouble() : 0;
        SessionTerms terms = new SessionTerms(id, at, tools.terms(), beginning.memory(), beginning.patience(), rate);
        this.session = beginning.dialect().session(terms, late, this::heard);
        this.wire = tools.wires().open(at, WireListener.on(tools.owner(), this));
        late.wire = Optional.of(wire);
    }

    private long now() {
        return tools.terms().ticker().getAsLong();
    }

    PoolOrder at() {
        return at;
    }

    long id() {
        return id;
    }

    PoolSession session() {
        return session;
    }

    Optional<PoolJob> job() {
        return job;
    }

    /**
     * The miner cannot search this job: the pool is doubtful until it sends another. Each time it happens the pool must be good for twice as
     * long before it is returned to, as a miner that tries such a job may lose the table it had.
     */
    void refuse(PoolJob refused, String why) {
        if (job.filter(newest -> newest == refused).isPresent()) {
            refusal = Optional.of(why);
            long good = tools.terms().limits().standby().good().toNanos();
            silence.begin(now() + good * memory.refusedOnceMore());
        }
    }

    /** Why the newest job cannot be searched, where that is so. */
    Optional<String> refusal() {
        return refusal;
    }

    boolean wasOpened() {
        return opened;
    }

    boolean isSilent() {
        return silence.isSilent();
    }

    long soundSinceNanos() {
        return silence.soundSinceNanos();
    }

    @Override
    public void opened(String peer) {
        opened = true;
        guarded(session::opened);
    }

    @Override
    public void received(byte[] bytes) {
        guarded(() -> {
            if (!incoming.take(bytes.length, now())) {
                throw new IOException("the pool sends more than " + BYTES_PER_SECOND_MAX + " bytes a second");
            }
            silence.heard(now());
            session.received(bytes);
        });
    }

    @Override
    public void ended(String reason) {
        guarded(() -> {
            throw new IOException(reason);
        });
    }

    void submit(Share share) {
        guarded(() -> session.submit(share));
    }

    /** @param isWatched whether another pool could take over, so that silence is worth finding out about */
    void tick(boolean isWatched) {
        guarded(() -> {
            session.tick();
            int most = tools.terms().limits().standby().rejectsMax();
            if (rejectsInARow >= most) {
                throw new IOException("the pool refused the last " + rejectsInARow + " shares: " + lastReject);
            }
            if (job.isPresent() && isWatched) {
                silence.look(session, now());
            }
        });
    }

    /** What was not answered is the owner's to settle. */
    void end() {
        over = true;
        silence.end();
        wire.close();
    }

    /** Whatever a pool's input sets off, the miner goes on with a fresh session. */
    private void guarded(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            owner.lost(this, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
            owner.lost(this, new IOException("a fault of ours: " + fault, fault));
        }
    }

    private void heard(PoolEvent event) {
        switch (event) {
            case PoolEvent.NewJob arrived -> {
                if (job.isEmpty()) {
                    silence.begin(now());
                }
                job = Optional.of(arrived.job());
                refusal = Optional.empty();
            }
            case PoolEvent.Sending _ -> {
                if (session.answersEachShare()) {
                    silence.shareSent(now());
                }
            }
            case PoolEvent.Judged judged -> judged(judged.verdict());
            case PoolEvent.Connecting _,
                    PoolEvent.Authorised _,
                    PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Said _,
                    PoolEvent.Lost _,
                    PoolEvent.Dry _ -> {}
        }
        owner.on(this, event);
    }

    private void judged(ShareVerdict verdict) {
        switch (verdict) {
            case ShareVerdict.Accepted _ -> {
                memory.searchedAgain();
                silence.shareAnswered();
                rejectsInARow = 0;
            }
            case ShareVerdict.Rejected(int code, String reason) -> {
                silence.shareAnswered();
                rejectsInARow++;
                lastReject = code + " " + reason;
            }
            case ShareVerdict.Duplicate _, ShareVerdict.Stale _, ShareVerdict.Unanswered _ -> {}
        }
    }
}
