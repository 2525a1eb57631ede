package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.engine.Miner;
import filon.mining.engine.MinerOrder;
import filon.mining.engine.MiningState;
import filon.mining.engine.StateChange;
import filon.mining.engine.Tally;
import filon.mining.plan.Portion;
import filon.mining.plan.Schedule;
import filon.mining.plan.WorkPlan;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolOrder;
import filon.practice.Plan;
import filon.practice.PracticeServer;
import filon.practice.fault.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A real device while its pools go away: it never stops hashing, and no share is lost or goes to the wrong pool. */
class FailOverJourneyTest {
    private static final ProofOfWork ALGORITHM = ProofsOfWork.of("sha256d");
    /** About 40 shares a second on two slow cores. */
    private static final Plan PLAN = Plan.ofSha256d(0.0003);

    private static final long SECOND = 1_000_000_000L;

    private final Queue<PoolEvent> events = new ConcurrentLinkedQueue<>();

    private boolean hasHappened(Class<? extends PoolEvent> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    private static List<MiningState> statesOf(Miner miner) {
        return miner.devices().getFirst().changes().stream()
                .map(StateChange::state)
                .toList();
    }

    private static long refusals(PracticeServer server) {
        return server.pool().counts().refusals();
    }

    /** A place that nobody listens at yet. */
    private static PracticeServer.Place laterPlace() throws IOException {
        try (PracticeServer gone = PracticeServer.started(PLAN)) {
            return new PracticeServer.Place("127.0.0.1", gone.port());
        }
    }

    private Miner minerOf(PracticeServer first, PracticeServer.Place later) {
        String url = "stratum+tcp://" + later.host() + ":" + later.port();
        Miner miner = new Miner(DialectJourneyTest.order(ALGORITHM, first.url(), url), events::add);
        miner.start();
        return miner;
    }

    /** The standby comes when its elder is mined for: of two that begin together either is first, and the other waits half a minute. */
    private PracticeServer standby(PracticeServer.Place place, Miner miner, PracticeServer first) throws IOException {
        DialectJourneyTest.await(miner, () -> first.pool().counts().accepted() > 2, events);
        PracticeServer second = PracticeServer.started(place, PLAN.withSeed(2), Clock.systemUTC(), line -> {});
        DialectJourneyTest.await(miner, () -> hasHappened(PoolEvent.StandingBy.class), events);
        assertThat(hasHappened(PoolEvent.Switched.class)).isFalse();
        miner.devices().getFirst().changes().clear();
        return second;
    }

    @Test
    void hashesOnWhenItsPoolsConnectionIsReset() throws IOException {
        PracticeServer.Place place = laterPlace();
        try (PracticeServer first = PracticeServer.started(PLAN);
                Miner miner = minerOf(first, place);
                PracticeServer second = standby(place, miner, first)) {
            Tally tally = miner.devices().getFirst().tally();
            long begin = System.nanoTime();
            long busy = tally.busyNanos();

            first.pool().close();
            DialectJourneyTest.await(
                    miner,
                    () -> System.nanoTime() - begin > SECOND
                            && second.pool().counts().accepted() > 2,
                    events);

            double idleMillis = (System.nanoTime() - begin - (tally.busyNanos() - busy)) / 1e6;
            System.out.printf(
                    "reset: no kernel ran for %.1f of %.0f ms%n", idleMillis, (System.nanoTime() - begin) / 1e6);
            assertThat(statesOf(miner)).isEmpty();
            assertThat(hasHappened(PoolEvent.Dry.class)).isFalse();
            assertThat(refusals(first) + refusals(second)).isZero();
            assertThat(miner.counts().rejected()).isEmpty();
        }
    }

    @Test
    void hashesTheStandbysJobWhileItsPoolIsSilent() throws IOException {
        PracticeServer.Place place = laterPlace();
        try (PracticeServer first = PracticeServer.started(PLAN);
                Miner miner = minerOf(first, place);
                PracticeServer second = standby(place, miner, first)) {
            long begin = System.nanoTime();

            first.pool().inject(new Fault.Silence());
            DialectJourneyTest.await(miner, () -> hasHappened(PoolEvent.Switched.class), events);
            System.out.printf("silence: found after %.0f ms%n", (System.nanoTime() - begin) / 1e6);
            DialectJourneyTest.await(miner, () -> second.pool().counts().accepted() > 2, events);

            assertThat(statesOf(miner)).isEmpty();
            assertThat(refusals(first) + refusals(second)).isZero();
        }
    }

    @Test
    void dividesItsTimeBetweenTwoWalletsWithoutAPause() throws IOException {
        try (PracticeServer first = PracticeServer.started(PLAN);
                PracticeServer second = PracticeServer.started(PLAN.withSeed(2))) {
            MinerOrder one = DialectJourneyTest.order(ALGORITHM, first.url());
            WorkPlan plan = new WorkPlan(
                    List.of(portion("large", first, 3), portion("small", second, 1)),
                    WorkPlan.Split.TIME,
                    WorkPlan.SLICE_LEAST);
            MinerOrder order = new MinerOrder(one.devices(), plan, one.terms(), Duration.ofMillis(20), true);
            try (Miner miner = new Miner(order, events::add)) {
                miner.start();
                DialectJourneyTest.await(miner, () -> first.pool().counts().accepted() > 2, events);
                miner.devices().getFirst().changes().clear();

                DialectJourneyTest.await(
                        miner,
                        () -> second.pool().counts().accepted() > 20
                                && first.pool().counts().accepted() > 60,
                        events);

                assertThat(statesOf(miner)).isEmpty();
                assertThat(refusals(first) + refusals(second)).isZero();
                assertThat(miner.countsOfPortions().values())
                        .allMatch(counts ->
                                counts.accepted() > 0 && counts.rejected().isEmpty());
            }
        }
    }

    @Test
    void givesWhatTheLastBatchOfItsHoursFindsToThePortionItWasSearchedFor() throws IOException {
        try (PracticeServer first = PracticeServer.started(PLAN);
                PracticeServer second = PracticeServer.started(PLAN.withSeed(2))) {
            MinerOrder one = DialectJourneyTest.order(ALGORITHM, first.url());
            Portion night = new Portion(
                    "night", portion("night", first, 1).pools(), 1, Schedule.of("22:00-06:00", ZoneOffset.UTC));
            Portion day = new Portion("day", portion("day", second, 1).pools(), 1, new Schedule.Otherwise());
            WorkPlan plan = new WorkPlan(List.of(night, day), WorkPlan.Split.TIME, WorkPlan.SLICE_LEAST);
            MinerOrder order = new MinerOrder(one.devices(), plan, one.terms(), Duration.ofMillis(20), true);
            SetClock clock = new SetClock();
            try (Miner miner = new Miner(order, clock, events::add)) {
                clock.now = Instant.parse("2026-01-01T05:59:59Z");
                miner.start();
                awaitMore(miner, first);
                for (int turn = 0; turn < 5; turn++) {
                    clock.now = Instant.parse("2026-01-01T06:00:00Z");
                    awaitMore(miner, second);
                    clock.now = Instant.parse("2026-01-01T21:59:59Z");
                    awaitMore(miner, second);
                    clock.now = Instant.parse("2026-01-01T22:00:00Z");
                    awaitMore(miner, first);
                    clock.now = Instant.parse("2026-01-02T05:59:59Z");
                    awaitMore(miner, first);
                }

                assertThat(miner.counts().stale()).isEmpty();
                assertThat(refusals(first) + refusals(second)).isZero();
            }
        }
    }

    private void awaitMore(Miner miner, PracticeServer server) {
        long before = server.pool().counts().accepted();
        DialectJourneyTest.await(miner, () -> server.pool().counts().accepted() > before + 2, events);
    }

    /** Stands where it is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Portion portion(String wallet, PracticeServer server, int weight) {
        PoolOrder pool = PoolOrder.of(new Pool(PoolAddress.of(server.url()), wallet, "x"));
        return new Portion(wallet, List.of(pool), weight, new Schedule.Always());
    }
}
