package filon.provisioning.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlownessTest {
    private static final Instant THEN = Instant.parse("2026-11-20T12:00:00Z");
    private static final RateRule RULE = new RateRule(20);

    private static Slowness samples(int count, Duration apart) {
        Optional<Slowness> slowness = Optional.empty();
        for (int i = 0; i < count; i++) {
            slowness = Optional.of(Slowness.with(slowness, THEN.plus(apart.multipliedBy(i))));
        }
        return slowness.orElseThrow();
    }

    private static RateSample sample(long hashesPerSecond, Duration running) {
        HostId host = HostId.of(UUID.randomUUID());
        return new RateSample(
                host, GpuId.of(host + "-0"), Algorithm.SHA256D, HashRate.of(hashesPerSecond), THEN, THEN.plus(running));
    }

    @Test
    void meansSomethingOnlyAfterAQuarterOfAnHourWithoutABreak() {
        assertThat(samples(180, Duration.ofSeconds(5)).meansSomething()).isFalse();
        assertThat(samples(181, Duration.ofSeconds(5)).meansSomething()).isTrue();
    }

    @Test
    void aFewSamplesMeanNothingHoweverFarApart() {
        assertThat(samples(89, Duration.ofSeconds(60)).meansSomething()).isFalse();
        assertThat(samples(90, Duration.ofSeconds(60)).meansSomething()).isTrue();
    }

    @Test
    void aGapBeginsTheTimeAnew() {
        // Given
        Slowness old = samples(181, Duration.ofSeconds(5));

        // When
        Slowness after = Slowness.with(Optional.of(old), old.lastAt().plusSeconds(61));

        // Then
        assertThat(after)
                .isEqualTo(
                        new Slowness(old.lastAt().plusSeconds(61), old.lastAt().plusSeconds(61), 1));
    }

    @Test
    void aSampleThatComesTwiceOrLateCountsOnce() {
        // Given
        Slowness two = samples(2, Duration.ofSeconds(5));

        // Then
        assertThat(Slowness.with(Optional.of(two), THEN.plusSeconds(5))).isEqualTo(two);
        assertThat(Slowness.with(Optional.of(two), THEN)).isEqualTo(two);
    }

    @Test
    void aRateAtTheLimitIsFastEnough() {
        assertThat(RULE.isSlow(HashRate.of(80), HashRate.of(100))).isFalse();
        assertThat(RULE.isSlow(HashRate.of(79), HashRate.of(100))).isTrue();
        assertThat(RULE.isSlow(HashRate.of(Long.MAX_VALUE / 2), HashRate.of(Long.MAX_VALUE)))
                .isTrue();
    }

    @Test
    void neitherADeviceThatHasJustBegunNorOneThatWasNotMeasuredIsJudged() {
        assertThat(RULE.judges(sample(1, Duration.ofMinutes(5)))).isTrue();
        assertThat(RULE.judges(sample(1, Duration.ofSeconds(299)))).isFalse();
        assertThat(RULE.judges(sample(0, Duration.ofMinutes(5)))).isFalse();
    }

    @Test
    void refusesAShareThatWouldMarkNoiseOrNothing() {
        assertThatThrownBy(() -> new RateRule(4)).hasMessageContaining("4 is not within 5 to 90");
        assertThatThrownBy(() -> new RateRule(91)).hasMessageContaining("91");
    }
}
