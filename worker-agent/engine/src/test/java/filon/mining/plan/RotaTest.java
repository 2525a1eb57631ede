package filon.mining.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RotaTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");
    private static final long STEP_NANOS = 100_000_000;
    private static final Duration SLICE = Duration.ofMinutes(1);

    private long nanos;

    private static Portion portion(String name, int weight) {
        return portion(name, weight, "always");
    }

    private static Portion portion(String name, int weight, String schedule) {
        return new Portion(name, List.of(), weight, Schedule.of(schedule, ZoneOffset.UTC));
    }

    private static Rota rota(WorkPlan.Split split, int devices, Portion... portions) {
        return new Rota(new WorkPlan(List.of(portions), split, SLICE), devices, 0);
    }

    private List<Optional<Portion>> look(Rota rota, Set<Portion> ready) {
        List<Optional<Portion>> now = rota.at(MONDAY.plusNanos(nanos), nanos, ready);
        nanos += STEP_NANOS;
        return now;
    }

    /** How long devices worked for each, all devices together. */
    private Map<String, Double> worked(Rota rota, Duration duration, Set<Portion> ready) {
        Map<String, Double> seconds = new HashMap<>();
        for (long end = nanos + duration.toNanos(); nanos < end; ) {
            look(rota, ready)
                    .forEach(each ->
                            seconds.merge(each.map(Portion::name).orElse("none"), STEP_NANOS / 1e9, Double::sum));
        }
        return seconds;
    }

    @Test
    void dividesTheTimeOfOneDeviceAsTheWeightsSay() {
        Portion large = portion("large", 97);
        Portion small = portion("small", 3);

        Map<String, Double> worked =
                worked(rota(WorkPlan.Split.TIME, 1, large, small), Duration.ofHours(24), Set.of(large, small));

        assertThat(worked.get("small")).isBetween(0.03 * 86_400 - 60, 0.03 * 86_400 + 60);
        assertThat(worked).containsOnlyKeys("large", "small");
    }

    @Test
    void isAboutAsTheWeightsSayAtAnyMoment() {
        Portion half = portion("half", 2);
        Portion quarter = portion("quarter", 1);
        Portion rest = portion("rest", 1);
        Rota rota = rota(WorkPlan.Split.TIME, 8, half, quarter, rest);
        Set<Portion> all = Set.of(half, quarter, rest);

        Map<String, Double> first = worked(rota, Duration.ofMinutes(1), all);

        assertThat(first.get("half")).isBetween(3.9 * 60, 4.1 * 60);
        assertThat(first.get("quarter")).isBetween(1.9 * 60, 2.1 * 60);
    }

    @Test
    void givesTheTimeOfAPortionWithoutAJobToTheOthersAtOnce() {
        Portion one = portion("one", 1);
        Portion two = portion("two", 1);
        Rota rota = rota(WorkPlan.Split.TIME, 1, one, two);
        assertThat(look(rota, Set.of(one, two))).containsExactly(Optional.of(one));

        assertThat(look(rota, Set.of(two))).containsExactly(Optional.of(two));
        assertThat(look(rota, Set.of())).containsExactly(Optional.empty());
        assertThat(look(rota, Set.of(one))).containsExactly(Optional.of(one));
    }

    @Test
    void doesNotMakeUpForHoursWithoutAJob() {
        Portion one = portion("one", 1);
        Portion two = portion("two", 1);
        Rota rota = rota(WorkPlan.Split.TIME, 1, one, two);
        worked(rota, Duration.ofHours(5), Set.of(two));

        Map<String, Double> after = worked(rota, Duration.ofHours(1), Set.of(one, two));

        assertThat(after.get("one")).isBetween(1_740.0, 1_800.0 + 5 * 60);
    }

    @Test
    void givesEachPortionDevicesAsItsWeightSays() {
        Portion large = portion("large", 6);
        Portion small = portion("small", 1);
        Rota rota = rota(WorkPlan.Split.DEVICES, 8, large, small);

        List<Optional<Portion>> first = look(rota, Set.of(large, small));
        Map<String, Double> worked = worked(rota, Duration.ofHours(1), Set.of(large, small));

        assertThat(first).filteredOn(Optional.of(small)::equals).hasSize(1);
        assertThat(worked.get("small")).isBetween(3_599.9, 3_600.1);
    }

    @Test
    void movesNoDeviceThatMayStay() {
        Portion one = portion("one", 1);
        Portion two = portion("two", 1);
        Rota rota = rota(WorkPlan.Split.DEVICES, 4, one, two);
        List<Optional<Portion>> before = look(rota, Set.of(one, two));
        assertThat(look(rota, Set.of(two))).containsOnly(Optional.of(two));

        List<Optional<Portion>> after = look(rota, Set.of(one, two));

        assertThat(after).filteredOn(Optional.of(one)::equals).hasSize(2);
        assertThat(before).filteredOn(Optional.of(one)::equals).hasSize(2);
        for (int i = 0; i < 50; i++) {
            assertThat(look(rota, Set.of(one, two))).isEqualTo(after);
        }
    }

    @Test
    void dividesTimeWhereThereAreFewerDevicesThanPortions() {
        Portion one = portion("one", 1);
        Portion two = portion("two", 1);

        Map<String, Double> worked =
                worked(rota(WorkPlan.Split.DEVICES, 1, one, two), Duration.ofHours(1), Set.of(one, two));

        assertThat(worked.get("one")).isBetween(1_740.0, 1_860.0);
    }

    @Test
    void changesOverAtTheVeryLookAfterAWindowOpens() {
        Portion night = portion("night", 1, "22:00-06:00");
        Portion day = portion("day", 1, "otherwise");
        Rota rota = rota(WorkPlan.Split.TIME, 1, night, day);

        Map<String, Double> worked = worked(rota, Duration.ofHours(24), Set.of(night, day));

        assertThat(worked).containsOnlyKeys("night", "day");
        assertThat(worked.get("night")).isBetween(8 * 3_600 - 0.2, 8 * 3_600 + 0.2);
    }

    @Test
    void leavesNoDeviceIdleWhileAnyPortionHasAJob() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<Portion> portions = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                portions.add(portion("p" + i, 1 + random.nextInt(100)));
            }
            Rota rota = new Rota(
                    new WorkPlan(portions, WorkPlan.Split.values()[random.nextInt(2)], SLICE),
                    1 + random.nextInt(8),
                    nanos);
            for (int step = 0; step < 100; step++) {
                Set<Portion> ready = new HashSet<>(portions);
                ready.removeIf(_ -> random.nextInt(3) == 0);
                nanos += random.nextLong(SLICE.toNanos());
                List<Optional<Portion>> now = look(rota, ready);
                assertThat(now).as("seed %d", seed).allMatch(each -> each.map(ready::contains)
                        .orElse(ready.isEmpty()));
            }
        }
    }
}
