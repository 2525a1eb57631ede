package filon.provisioning.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import filon.provisioning.uplink.ChainRules.Answer;
import filon.provisioning.uplink.ChainRules.Arrived;
import filon.provisioning.uplink.ChainRules.Fits;
import filon.provisioning.uplink.ChainRules.Forked;
import filon.provisioning.uplink.ChainRules.Gap;
import filon.provisioning.uplink.ChainRules.Known;
import filon.provisioning.uplink.ChainRules.Repeated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
    private final Map<Long, Arrived> kept = new HashMap<>();

    @Test
    void aChainInItsOrderFits() {
        assertThat(LongStream.rangeClosed(1, 5).mapToObj(number -> take(genuine(number))))
                .containsOnly(new Fits());
    }

    @Test
    void aCopyIsRepeated() {
        take(genuine(1));
        take(genuine(2));

        assertThat(take(genuine(1))).isEqualTo(new Repeated());
        assertThat(take(genuine(2))).isEqualTo(new Repeated());
    }

    @Test
    void aGapIsNamedAndFilledLater() {
        take(genuine(1));

        assertThat(take(genuine(5))).isEqualTo(new Gap(2, 4));
        assertThat(take(genuine(3))).isEqualTo(new Gap(2, 2));
        assertThat(take(genuine(2))).isEqualTo(new Fits());
        assertThat(take(genuine(4))).isEqualTo(new Fits());
    }

    @Test
    void anotherRecordInTheSamePlaceForks() {
        take(genuine(1));

        assertThat(take(new Arrived(1, hash(0), "another"))).isInstanceOf(Forked.class);
    }

    @Test
    void whatFollowsAnotherHistoryForks() {
        take(genuine(1));
        take(genuine(2));

        assertThat(take(new Arrived(3, "another", hash(3)))).isInstanceOf(Forked.class);
    }

    @Test
    void aGapIsNotFilledWithAnotherHistory() {
        take(genuine(1));
        take(genuine(3));

        assertThat(take(new Arrived(2, hash(1), "another"))).isInstanceOf(Forked.class);
    }

    @Test
    void noOrderOfArrivalsMakesAForkOrLeavesAGap() {
        for (int seed = 0; seed < 200; seed++) {
            kept.clear();
            List<Long> order = new ArrayList<>();
            LongStream.rangeClosed(1, 12).forEach(number -> order.addAll(List.of(number, number)));
            Collections.shuffle(order, new Random(seed));

            assertThat(order.stream().map(number -> take(genuine(number))))
                    .as("seed %d", seed)
                    .noneMatch(Forked.class::isInstance);
            assertThat(kept).as("seed %d", seed).hasSize(12);
        }
    }

    private Answer take(Arrived arrived) {
        Answer answer = ChainRules.on(known(arrived.sequence()), arrived);
        if (answer instanceof Fits || answer instanceof Gap) {
            kept.put(arrived.sequence(), arrived);
        }
        return answer;
    }

    private Known known(long sequence) {
        return new Known(
                Optional.ofNullable(kept.get(sequence)).map(Arrived::sha256),
                Optional.ofNullable(kept.get(sequence - 1)).map(Arrived::sha256),
                Optional.ofNullable(kept.get(sequence + 1)).map(Arrived::previousSha256),
                kept.keySet().stream()
                        .mapToLong(Long::longValue)
                        .filter(number -> number < sequence)
                        .max());
    }

    private static Arrived genuine(long number) {
        return new Arrived(number, hash(number - 1), hash(number));
    }

    private static String hash(long number) {
        return "hash of " + number;
    }
}
