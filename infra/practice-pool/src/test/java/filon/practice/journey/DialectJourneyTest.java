package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Devices;
import filon.mining.engine.Miner;
import filon.mining.engine.MinerOrder;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.practice.Plan;
import filon.practice.PracticeServer;
import filon.practice.dialect.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole miner on a real OpenCL device against a pool of each dialect, over sockets; tables are of reduced size. */
class DialectJourneyTest {
    private static final AddressRules LOOPBACK = AddressRules.publicOnly().allowing(List.of("127.0.0.0/8"));
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int SHARES = 5;

    static Stream<Arguments> everyDialectOfEveryAlgorithm() {
        return ProofsOfWork.all().stream().flatMap(algorithm -> Stream.of(Dialect.values())
                .filter(dialect -> dialect.speaks(algorithm))
                .map(dialect -> Arguments.of(algorithm.name(), dialect)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("everyDialectOfEveryAlgorithm")
    void minesSharesThatThePoolHashesItselfAndAccepts(String name, Dialect dialect) throws IOException {
        ProofOfWork algorithm = ProofsOfWork.of(name).reduced();
        Queue<PoolEvent> events = new ConcurrentLinkedQueue<>();
        try (PracticeServer server = PracticeServer.started(Plan.of(algorithm, dialect, Easy.difficulty(algorithm)));
                Miner miner = new Miner(order(algorithm, server.url()), events::add)) {
            miner.start();

            await(miner, () -> miner.counts().accepted() >= SHARES, events);

            assertThat(miner.counts().rejected()).isEmpty();
            // the miner goes on: what it has been told was counted by the pool before, so its figure is read first
            long told = miner.counts().accepted();
            assertThat(server.pool().counts().accepted()).isGreaterThanOrEqualTo(told);
            assertThat(server.pool().counts().refusals()).isZero();
        }
    }

    static MinerOrder order(ProofOfWork algorithm, String... urls) {
        List<PoolOrder> pools = Stream.of(urls)
                .map(url -> PoolOrder.of(new Pool(PoolAddress.of(url), "rig", "x")))
                .toList();
        PoolTerms terms = new PoolTerms(
                algorithm,
                LOOPBACK,
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                System::nanoTime,
                new SplittableRandom());
        return MinerOrder.of(List.of(Devices.present().getFirst()), pools, terms, MinerOrder.BATCH_USUAL, true);
    }

    interface Condition {
        boolean isMet();
    }

    static void await(Miner miner, Condition condition, Queue<PoolEvent> events) {
        long begin = System.nanoTime();
        while (!condition.isMet()) {
            assertThat(System.nanoTime() - begin)
                    .as(
                            "nanoseconds waited; %s; %s",
                            miner.devices().getFirst().reason(),
                            events.stream().limit(10).toList())
                    .isLessThan(PATIENCE_NANOS);
            assertThat(miner.failure()).isEmpty();
            miner.watch();
            LockSupport.parkNanos(20_000_000);
        }
    }
}
