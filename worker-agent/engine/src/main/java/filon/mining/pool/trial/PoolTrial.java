package filon.mining.pool.trial;

import filon.contracts.address.AddressRules;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.PoolDesk;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolMemory;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.StandbyLimits;
import filon.mining.pool.Wires;
import filon.mining.pool.wire.SocketWires;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tries pools as a miner would: resolves, connects, encrypts, finds the dialect, subscribes, authorises, waits for a first job. No share is
 * sent. It waits, on the thread that asks, until all is known or the time is up; nothing of it goes on afterwards.
 */
public final class PoolTrial {
    public static final Duration LIMIT_USUAL = Duration.ofSeconds(15);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration GUESS = Duration.ofSeconds(3);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final long LOOK_NANOS = 20_000_000;
    /** Of the whole time, for a look whether TLS is spoken where clear text got no answer. */
    private static final int SHARE_FOR_TLS = 5;

    private final ProofOfWork algorithm;
    private final AddressRules rules;
    private final Duration limit;
    private final Clock clock;

    /**
     * @param rules which addresses may be connected to
     * @param limit of a whole trial
     */
    public PoolTrial(ProofOfWork algorithm, AddressRules rules, Duration limit) {
        this(algorithm, rules, limit, Clock.systemUTC());
    }

    /** @param clock that certificates are judged by */
    PoolTrial(ProofOfWork algorithm, AddressRules rules, Duration limit, Clock clock) {
        this.algorithm = algorithm;
        this.rules = rules;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Tries one pool.
     *
     * @throws IllegalArgumentException if the algorithm's pools speak nothing that the address's scheme names
     */
    public PoolReport of(PoolOrder order) {
        return new Run(order).report();
    }

    private PoolTerms terms() {
        Duration connect = limit.compareTo(CONNECT) < 0 ? limit : CONNECT;
        StandbyLimits usual = StandbyLimits.USUAL;
        StandbyLimits standby = new StandbyLimits(
                usual.probe(), usual.answer(), usual.good(), NEVER, usual.hardest(), usual.rejectsMax());
        // the trial's own time decides, and says so in its words
        PoolLimits limits =
                new PoolLimits(connect, NEVER, NEVER, NEVER.multipliedBy(2), Duration.ofMillis(500), NEVER, standby);
        return new PoolTerms(algorithm, rules, OptionalDouble.empty(), limits, System::nanoTime, new SecureRandom());
    }

    /** One trial. */
    private final class Run {
        private final PoolOrder asked;
        private final PoolTerms terms = terms();
        private final Wires wires = new SocketWires(terms);
        private final long beginNanos = System.nanoTime();
        private final List<Connection.Record> records = new ArrayList<>();

        Run(PoolOrder asked) {
            this.asked = asked;
        }

        PoolReport report() {
            List<PoolDialect> dialects = PoolDesk.dialectsFor(algorithm, asked.address());
            Connection.Record last = attempts(asked, dialects);
            Optional<PoolAddress> moved = allowedMove(last);
            if (moved.isPresent() && !isTimeUp()) {
                attempts(asked.at(moved.get()), dialects);
            }
            boolean speaksTls =
                    isMute(records.getLast()) && speaksTls(records.getLast().order());
            return new Report(asked, algorithm, rules).of(records, speaksTls, elapsed());
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - beginNanos);
        }

        /** Each dialect until one is understood; then once more for a pool that hung up on what it did not know. */
        private Connection.Record attempts(PoolOrder order, List<PoolDialect> dialects) {
            PoolMemory memory = new PoolMemory();
            Connection.Record last = attempts(order, dialects, memory);
            if (hangsUp(last) && !isTimeUp()) {
                memory.hungUpEarly();
                last = attempts(order, dialects, memory);
            }
            return last;
        }

        private Connection.Record attempts(PoolOrder order, List<PoolDialect> dialects, PoolMemory memory) {
            for (PoolDialect dialect : dialects) {
                boolean isLast = dialect == dialects.getLast();
                Connection.Record record =
                        attempt(new Connection.Beginning(anywhere(order), dialect, memory, clock.instant()), isLast);
                records.add(record);
                if (isLast || isConclusive(record) || isTimeUp()) {
                    return record;
                }
            }
            throw new IllegalStateException("there is always a last dialect");
        }

        /** That it is sent elsewhere is to be found out, wherever that may be. */
        private static PoolOrder anywhere(PoolOrder order) {
            return new PoolOrder(order.pool(), order.trust(), order.priority(), order.region(), List.of("*"));
        }

        private Connection.Record attempt(Connection.Beginning beginning, boolean isLast) {
            BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
            Connection connection = new Connection(beginning, terms, wires, tasks::add);
            Duration guess = isLast ? limit : elapsed().plus(GUESS);
            while (!connection.isOver() && !isTimeUp(connection, guess)) {
                doOne(tasks);
                connection.tick();
            }
            return connection.close();
        }

        private boolean isTimeUp(Connection connection, Duration guess) {
            Duration most = connection.isAnswered() ? limit : limitOfSilence();
            boolean isGuessOver = !connection.isAuthorised() && elapsed().compareTo(guess) > 0;
            return isGuessOver
                    || elapsed().compareTo(most) > 0
                    || Thread.currentThread().isInterrupted();
        }

        private Duration limitOfSilence() {
            return limit.minus(limit.dividedBy(SHARE_FOR_TLS));
        }

        private boolean isTimeUp() {
            return elapsed().compareTo(limitOfSilence()) > 0
                    || Thread.currentThread().isInterrupted();
        }

        private void doOne(BlockingQueue<Runnable> tasks) {
            try {
                Runnable task = tasks.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the report says how far it came
            }
        }

        /** Whether another dialect would not come further; a refusal may be meant for the dialect. */
        private static boolean isConclusive(Connection.Record record) {
            return !record.isOpened() || record.isAuthorised() || isMove(record);
        }

        private static boolean isMove(Connection.Record record) {
            return record.end().filter(PoolMovedException.class::isInstance).isPresent();
        }

        private static boolean hangsUp(Connection.Record record) {
            boolean isCutOff = record.end().isPresent() && !record.isUserRefused() && !isMove(record);
            return record.isOpened() && !record.isAuthorised() && isCutOff && isPossiblyPool(record);
        }

        private static boolean isPossiblyPool(Connection.Record record) {
            return switch (Opening.of(record.opening())) {
                case NOTHING, JSON -> true;
                case HTTP, TLS, TEXT, BINARY -> false;
            };
        }

        private Optional<PoolAddress> allowedMove(Connection.Record record) {
            return record.end()
                    .filter(PoolMovedException.class::isInstance)
                    .map(end -> ((PoolMovedException) end).address())
                    .filter(there -> asked.mayMoveTo(there.host()) && !there.equals(asked.address()));
        }

        private boolean isMute(Connection.Record record) {
            return record.isOpened()
                    && record.opening().length == 0
                    && !record.order().address().scheme().isEncrypted();
        }

        /** Shakes hands and hangs up; nothing of the miner's is said. */
        private boolean speaksTls(PoolOrder order) {
            return new TlsLook(wires).isSpoken(order, limit.minus(elapsed()));
        }
    }
}
