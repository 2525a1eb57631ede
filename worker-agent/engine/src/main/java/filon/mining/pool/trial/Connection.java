package filon.mining.pool.trial;

import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolMemory;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PoolSession;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.WireStep;
import filon.mining.pool.Wires;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One connection in one dialect, up to the first job and the answer to a question after it; keeps all that happens. One thread's. */
final class Connection implements WireListener {
    private static final int OPENING_MAX = 2_048;
    private static final int SAID_MAX = 20;
    private static final long PROBE_NANOS = 1_000_000_000;

    private final Beginning beginning;
    private final PoolTerms terms;
    private final PoolSession session;
    private final Wire wire;
    private final List<WireStep> steps = new ArrayList<>();
    private final List<PoolEvent.Said> said = new ArrayList<>();
    private final ByteArrayOutputStream opening = new ByteArrayOutputStream();
    private OptionalLong openedNanos = OptionalLong.empty();
    private OptionalLong answeredNanos = OptionalLong.empty();
    private OptionalLong authorisedNanos = OptionalLong.empty();
    private OptionalLong jobNanos = OptionalLong.empty();
    private OptionalLong probedNanos = OptionalLong.empty();
    private OptionalLong roundTripNanos = OptionalLong.empty();
    private Optional<PoolJob> job = Optional.empty();
    private Optional<IOException> end = Optional.empty();
    private boolean over;

    /** What it is begun with. */
    record Beginning(PoolOrder order, PoolDialect dialect, PoolMemory memory, Instant at) {}

    /**
     * All that happened. Moments are nanoseconds after the connection was opened.
     *
     * @param at when it was begun
     * @param said what the session wanted people to read
     * @param opening the first bytes of the pool
     * @param end why the wire or the session was over; empty where it was the trial that ended it
     */
    record Record(
            Instant at,
            PoolOrder order,
            String dialect,
            boolean asksForLeast,
            boolean isOpened,
            List<WireStep> steps,
            List<PoolEvent.Said> said,
            byte[] opening,
            Map<String, String> agreed,
            Moments moments,
            Optional<PoolJob> job,
            Optional<IOException> end) {
        boolean isAuthorised() {
            return moments.authorised().isPresent();
        }

        /** The pool understood all before that. */
        boolean isUserRefused() {
            return end.orElse(null) instanceof PoolRefusedException refused
                    && refused.what() == PoolRefusedException.What.USER;
        }

        <T extends WireStep> List<T> steps(Class<T> type) {
            return steps.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /** When things happened. */
    record Moments(OptionalLong answered, OptionalLong authorised, OptionalLong job, OptionalLong roundTrip) {}

    private interface Step {
        void run() throws IOException;
    }

    /** @param owner runs what the wire says on the thread this belongs to */
    Connection(Beginning beginning, PoolTerms terms, Wires wires, Consumer<Runnable> owner) {
        this.beginning = beginning;
        this.terms = terms;
        SessionTerms sessionTerms =
                new SessionTerms(0, beginning.order(), terms, beginning.memory(), Duration.ofDays(1), () -> 0);
        // what the wire says comes as a task, after this is made
        this.wire = wires.open(beginning.order(), WireListener.on(owner, this));
        this.session = beginning.dialect().session(sessionTerms, wire, this::heard);
    }

    private long now() {
        return terms.ticker().getAsLong();
    }

    private OptionalLong sinceOpened() {
        return OptionalLong.of(now() - openedNanos.orElseThrow());
    }

    @Override
    public void stepped(WireStep step) {
        steps.add(step);
    }

    @Override
    public void opened(String peer) {
        openedNanos = OptionalLong.of(now());
        guarded(session::opened);
    }

    @Override
    public void received(byte[] bytes) {
        if (over) {
            return;
        }
        answeredNanos = answeredNanos.isPresent() ? answeredNanos : sinceOpened();
        if (probedNanos.isPresent()) {
            roundTripNanos = OptionalLong.of(now() - probedNanos.getAsLong());
            over = true;
            return;
        }
        opening.write(bytes, 0, Math.min(bytes.length, OPENING_MAX - opening.size()));
        if (Opening.of(opening.toByteArray()).isOfNoPool()) {
            end(new IOException("no pool answers so"));
        }
        guarded(() -> session.received(bytes));
        probeAfterJob();
    }

    /** Once per connection: how long the pool takes to answer a harmless question. */
    private void probeAfterJob() {
        if (over || job.isEmpty()) {
            return;
        }
        probedNanos = OptionalLong.of(now());
        over = !session.probe();
    }

    @Override
    public void ended(String reason) {
        end(new IOException(reason));
    }

    /** Looks at the clock. */
    void tick() {
        if (openedNanos.isPresent()) {
            guarded(session::tick);
        }
        if (probedNanos.isPresent() && now() - probedNanos.getAsLong() > PROBE_NANOS) {
            over = true;
        }
    }

    private void heard(PoolEvent event) {
        switch (event) {
            case PoolEvent.Authorised _ -> authorisedNanos = sinceOpened();
            case PoolEvent.NewJob(PoolJob arrived) -> {
                jobNanos = jobNanos.isPresent() ? jobNanos : sinceOpened();
                job = Optional.of(job.orElse(arrived));
            }
            case PoolEvent.Said words -> {
                if (said.size() < SAID_MAX) {
                    said.add(words);
                }
            }
            case PoolEvent.Connecting _,
                    PoolEvent.StandingBy _,
                    PoolEvent.Switched _,
                    PoolEvent.Sending _,
                    PoolEvent.Judged _,
                    PoolEvent.Lost _,
                    PoolEvent.Dry _ -> {}
        }
    }

    private void guarded(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            end(e);
        } catch (RuntimeException fault) {
            end(new IOException("a fault of ours: " + fault, fault));
        }
    }

    private void end(IOException reason) {
        if (!over) {
            over = true;
            end = Optional.of(reason);
        }
    }

    boolean isAnswered() {
        return answeredNanos.isPresent();
    }

    boolean isAuthorised() {
        return authorisedNanos.isPresent();
    }

    boolean isOver() {
        return over;
    }

    /** Closes it; to be called once, last. */
    Record close() {
        over = true;
        wire.close();
        Map<String, String> agreed = session.agreed();
        session.end();
        return new Record(
                beginning.at(),
                beginning.order(),
                beginning.dialect().name(),
                beginning.memory().isShy(),
                openedNanos.isPresent(),
                List.copyOf(steps),
                List.copyOf(said),
                opening.toByteArray(),
                agreed,
                new Moments(answeredNanos, authorisedNanos, jobNanos, roundTripNanos),
                job,
                end);
    }
}
