package filon.billing.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private static final int LIMIT = 200;

    @Test
    void agreesWithASetOfSingleNumbersOnRandomSets() {
        // Given
        long seed = new Random().nextLong();
        System.out.println("IntervalsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            List<Intervals.Range> first = ranges(random);
            List<Intervals.Range> second = ranges(random);

            // When
            Intervals a = Intervals.unionOf(first);
            Intervals b = Intervals.unionOf(second);

            // Then
            BitSet union = bits(first);
            union.or(bits(second));
            BitSet common = bits(first);
            common.and(bits(second));
            BitSet missing = new BitSet();
            missing.set(10, 150);
            missing.andNot(bits(first));
            assertThat(bits(a.union(b).ranges())).as("seed %d", seed).isEqualTo(union);
            assertThat(bits(a.intersect(b).ranges())).as("seed %d", seed).isEqualTo(common);
            assertThat(bits(a.missingFrom(10, 150).ranges()))
                    .as("seed %d", seed)
                    .isEqualTo(missing);
            assertThat(a.measure()).isEqualTo(bits(first).cardinality());
            assertThat(Intervals.parse(a.toString())).isEqualTo(a);
            assertThat(a.union(b)).isEqualTo(b.union(a)).hasSameHashCodeAs(b.union(a));
            assertThat(a.union(a)).isEqualTo(a);
            int number = random.nextInt(LIMIT);
            assertThat(a.contains(number)).isEqualTo(bits(first).get(number));
        }
    }

    @Test
    void writesAndReadsTheTextOfPostgres() {
        // Given
        Intervals set = Intervals.between(5, 7).union(Intervals.between(-3, -1)).union(Intervals.between(7, 9));

        // When / Then
        assertThat(set).hasToString("{[-3,-1),[5,9)}");
        assertThat(Intervals.parse("{[-3,-1),[5,9)}")).isEqualTo(set);
        assertThat(Intervals.parse("{}")).isEqualTo(Intervals.EMPTY);
    }

    @Test
    void refusesWhatIsNoBoundedMultirange() {
        assertThatThrownBy(() -> Intervals.parse("{[1,)}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Intervals.parse("[1,2)")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Intervals.parse("{[1,2]}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Intervals.Range(3, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Intervals.Range> ranges(Random random) {
        List<Intervals.Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(LIMIT - 1);
            ranges.add(new Intervals.Range(from, from + 1 + random.nextInt(LIMIT - from - 1)));
        }
        return ranges;
    }

    private static BitSet bits(List<Intervals.Range> ranges) {
        BitSet bits = new BitSet();
        ranges.forEach(range -> bits.set((int) range.from(), (int) range.to()));
        return bits;
    }
}
