package filon.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultPlanTest {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int GPUS = 8;
    private static final long SEED = 7;

    @Test
    void drawsTheSameFateFromTheSameSeed() {
        // Given
        FaultPlan one = FaultPlan.of(SEED, List.of("silent:0.5", "hung:0.5"), WITHIN);
        FaultPlan other = FaultPlan.of(SEED, List.of("silent:0.5", "hung:0.5"), WITHIN);

        // When, Then
        assertThat(fates(one, 200)).isEqualTo(fates(other, 200)).isNotEqualTo(fates(another(), 200));
    }

    private static FaultPlan another() {
        return FaultPlan.of(SEED + 1, List.of("silent:0.5", "hung:0.5"), WITHIN);
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void letsNoFaultMoveAnother(FaultKind kind) {
        // Given
        FaultPlan alone = FaultPlan.of(SEED, List.of(kind.label() + ":0.3"), WITHIN);
        List<String> all = List.of(FaultKind.labels().split(", "));
        FaultPlan together =
                FaultPlan.of(SEED, all.stream().map(label -> label + ":0.3").toList(), WITHIN);

        // When, Then
        assertThat(episodesOf(kind, fates(together, 100))).isEqualTo(episodesOf(kind, fates(alone, 100)));
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void strikesAboutTheShareThatWasAskedFor(FaultKind kind) {
        // Given
        FaultPlan plan = FaultPlan.of(SEED, List.of(kind.label() + ":0.25"), WITHIN);

        // When
        List<Episode> episodes = episodesOf(kind, fates(plan, 2_000));

        // Then
        assertThat(episodes).hasSizeBetween(420, 580).allSatisfy(episode -> {
            assertThat(episode.from()).isBetween(Duration.ZERO, WITHIN);
            assertThat(episode.gpu()).isBetween(0, GPUS - 1);
        });
    }

    @Test
    void strikesEveryoneAtShareOneAndNobodyAtZero() {
        assertThat(fates(FaultPlan.of(SEED, List.of("silent:1"), WITHIN), 50))
                .allSatisfy(fate -> assertThat(fate.episodes()).hasSize(1));
        assertThat(fates(FaultPlan.of(SEED, List.of("silent:0"), WITHIN), 50)).containsOnly(Fate.KIND);
    }

    @Test
    void tellsPeopleWhatComesWhereAndWhen() {
        // Given
        Episode hung = new Episode(FaultKind.HUNG, Duration.ofSeconds(5), Duration.ofSeconds(65), 3, 0.5);
        Episode jump = new Episode(FaultKind.CLOCK_JUMP, WITHIN, WITHIN.plus(Episode.FOR_EVER), 3, 0.5);

        // When, Then
        assertThat(hung).hasToString("hung of GPU 3 after 5 s, for 60 s");
        assertThat(jump).hasToString("clock-jump after 600 s, for ever");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> FaultPlan.of(SEED, List.of("fire"), WITHIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fault fire is not one of: slow, hung,");
        assertThatThrownBy(() -> FaultPlan.of(SEED, List.of("slow:2"), WITHIN)).hasMessageContaining("share 2.0");
        assertThatThrownBy(() -> FaultPlan.of(SEED, List.of("slow:many"), WITHIN))
                .hasMessageContaining("no number");
        assertThatThrownBy(() -> FaultPlan.of(SEED, List.of(), Duration.ZERO)).hasMessageContaining("above zero");
    }

    private static List<Fate> fates(FaultPlan plan, int hosts) {
        return IntStream.rangeClosed(1, hosts)
                .mapToObj(host -> plan.fateOf(host, GPUS))
                .toList();
    }

    private static List<Episode> episodesOf(FaultKind kind, List<Fate> fates) {
        return fates.stream()
                .flatMap(fate -> fate.episodes().stream())
                .filter(episode -> episode.kind() == kind)
                .toList();
    }
}
