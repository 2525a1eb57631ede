package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.SearchTuning;
import filon.mining.engine.PairedRates;
import filon.mining.engine.TriedTuning;
import filon.mining.engine.TuningReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TuningTableTest {
    private static final SearchTuning USUAL = SearchTuning.of("16,16,64");
    private static final SearchTuning OTHER = SearchTuning.of("16,32,64");

    private static TriedTuning.Measured measured(SearchTuning tuning, double... megahashes) {
        List<PairedRates.Pair> pairs = Arrays.stream(megahashes)
                .mapToObj(rate -> new PairedRates.Pair(100e6, rate * 1e6))
                .toList();
        return new TriedTuning.Measured(tuning, new PairedRates(pairs));
    }

    private static String text(TriedTuning.Measured confirmation) {
        List<TriedTuning> tried = List.of(
                new TriedTuning.LeftOut(SearchTuning.of("8,16,64"), "no room"),
                measured(SearchTuning.of("4,16,64"), 25),
                measured(OTHER, 110));
        TuningReport report = new TuningReport(USUAL, tried, 7, Optional.of(confirmation), Duration.ofMillis(12_340));
        return new TuningTable("sha256d", report, "kept in tuning.json").text();
    }

    @Test
    void listsTheFastestFirstAndWhatWasChosen() {
        assertThat(text(measured(OTHER, 108, 104, 106)).lines().map(String::strip))
                .containsExactly(
                        "tuning                 rate  the usual one  gain",
                        "16,32,64        110.00 MH/s    100.00 MH/s  +10.0 %",
                        "4,16,64          25.00 MH/s    100.00 MH/s  -75.0 %",
                        "8,16,64 left out: no room",
                        "sha256d: 3 candidates tried, 7 not, in 12.3 s",
                        "sha256d: chosen 16,32,64, +6.0 % against the usual 16,16,64, kept in tuning.json");
    }

    @Test
    void saysWhyTheUsualOneStays() {
        assertThat(text(measured(OTHER, 90, 95, 106, 107, 108)))
                .endsWith("sha256d: the usual 16,16,64 stays; measured again, 16,32,64 came to +6.0 %,"
                        + " and in three of four pairs to -5.0 % at least");
    }
}
