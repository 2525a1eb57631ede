package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.PoolEvent;
import filon.practice.Plan;
import filon.practice.dialect.Dialect;
import filon.practice.fault.FaultName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault in every dialect, in simulated time: the miner works on, and each share has a verdict that the pools' books bear out. */
class FaultMatrixTest {
    private static final long SEED = 20_261_121;
    private static final double HASHES_PER_SHARE = 2;
    private static final Duration BEFORE = Duration.ofSeconds(20);
    private static final Duration FAULT = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(70);
    /** Each connection is one try; with pauses that double from half a second on there are not many in three minutes. */
    private static final long CONNECTIONS_MAX = 40;

    private static final int EVENTS_MAX = 5_000;

    static Stream<Arguments> everyFaultInEveryDialect() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Arrays.stream(FaultName.values()).map(fault -> Arguments.of(dialect, fault)));
    }

    static ProofOfWork algorithmOf(Dialect dialect) {
        String preferred = dialect == Dialect.of(ProofsOfWork.of("sha256d").protocol()) ? "sha256d" : "";
        return ProofsOfWork.all().stream()
                .filter(algorithm -> preferred.isEmpty() || algorithm.name().equals(preferred))
                .filter(algorithm -> dialect.speaks(algorithm))
                .findFirst()
                .orElseThrow()
                .reduced();
    }

    static Plan plan(Dialect dialect, long seed) {
        ProofOfWork algorithm = algorithmOf(dialect);
        Target one = algorithm.targetOf(BigDecimal.ONE);
        return Plan.of(algorithm, dialect, HASHES_PER_SHARE / one.hashesPerHit())
                .withSeed(seed)
                .withJobEvery(Duration.ofSeconds(7));
    }

    @ParameterizedTest(name = "{1} of a pool that speaks {0}")
    @MethodSource("everyFaultInEveryDialect")
    void worksOnAndLosesNoShare(Dialect dialect, FaultName fault) {
        String about = dialect + " " + fault;
        SimulatedRig rig =
                new SimulatedRig(SEED, algorithmOf(dialect), List.of(plan(dialect, SEED), plan(dialect, SEED + 1)));
        rig.shareEvery(Duration.ofMillis(1_500));
        rig.pass(BEFORE);
        assertThat(rig.events(PoolEvent.StandingBy.class)).as(about).isNotEmpty();

        rig.pool(0).inject(fault.fault(""), FAULT);
        rig.pass(FAULT);
        rig.pass(AFTER);
        rig.end();

        Agreement.of(rig, about);
        assertThat(rig.idle()).as("%s: time without work", about).isZero();
        assertThat(rig.network().connections()).as("%s: connections", about).isLessThan(CONNECTIONS_MAX);
        assertThat(rig.events()).as("%s: events", about).hasSizeLessThan(EVENTS_MAX);
        assertThat(rig.verdicts()).as("%s: shares", about).hasSizeGreaterThan(30);
    }
}
