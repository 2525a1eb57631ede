package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import filon.mining.algorithm.Target;
import org.junit.jupiter.api.Test;

class ProofTargetTest {
    private static final Target HARD = Target.ofHex("01");
    private static final long BATCH_NANOS = 20_000_000;

    private final ProofTarget proofs = new ProofTarget();

    @Test
    void isThePoolsWhileNoRateIsKnown() {
        assertThat(proofs.choose(HARD)).isEqualTo(HARD);
    }

    @Test
    void bringsTwoProofsASecond() {
        for (int batch = 0; batch < 10; batch++) {
            proofs.tried(2_000_000, BATCH_NANOS);
        }

        assertThat(proofs.choose(HARD).hashesPerHit()).isCloseTo(50_000_000, within(1_000.0));
    }

    @Test
    void isThePoolsWhereThatIsEasier() {
        proofs.tried(2_000_000, BATCH_NANOS);

        assertThat(proofs.choose(Target.EASIEST)).isEqualTo(Target.EASIEST);
    }

    @Test
    void takesBatchesThatEndTogetherForWhatTheyAre() {
        for (int burst = 0; burst < 40; burst++) {
            proofs.tried(2_000_000, 3 * BATCH_NANOS - 2);
            proofs.tried(2_000_000, 1);
            proofs.tried(2_000_000, 1);
        }

        assertThat(proofs.choose(HARD).hashesPerHit()).isBetween(45_000_000.0, 60_000_000.0);
    }

    @Test
    void isOutdatedWhenTheRateHasDoubledOrHalved() {
        proofs.tried(2_000_000, BATCH_NANOS);
        proofs.choose(HARD);
        assertThat(proofs.isOutdated()).isFalse();

        for (int batch = 0; batch < 100; batch++) {
            proofs.tried(900_000, BATCH_NANOS);
        }

        assertThat(proofs.isOutdated()).isTrue();
    }
}
