package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.HashRate;
import filon.mining.device.Device;
import filon.mining.engine.PairedRates;
import filon.mining.engine.TriedTuning;
import filon.mining.engine.TuningReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search for a tuning as a table or JSON.
 *
 * @param kept whether and where the chosen one is kept
 */
record TuningTable(String algorithm, TuningReport report, String kept) {
    private static final int ROWS_MAX = 10;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "  %-12s %14s %14s  %s", "tuning", "rate", "the usual one", "gain"));
        report.measured().stream().limit(ROWS_MAX).map(this::row).forEach(lines::add);
        report.leftOut().forEach(each -> lines.add("  " + each.tuning() + " left out: " + each.reason()));
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d candidates tried, %d not, in %.1f s",
                algorithm,
                report.tried().size(),
                report.untried(),
                report.taken().toMillis() / 1e3));
        lines.add(algorithm + ": " + verdict());
        return String.join(System.lineSeparator(), lines);
    }

    private String row(TriedTuning.Measured measured) {
        PairedRates rates = measured.rates();
        return String.format(
                Locale.ROOT,
                "  %-12s %14s %14s  %s",
                measured.tuning(),
                new HashRate((long) rates.hashesPerSecond()),
                new HashRate((long) rates.usualHashesPerSecond()),
                percent(rates));
    }

    private static String percent(PairedRates rates) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * (rates.ratio() - 1));
    }

    private String verdict() {
        if (report.isConfirmed()) {
            return "chosen " + report.chosen() + ", "
                    + percent(report.confirmation().orElseThrow().rates())
                    + " against the usual " + report.usual() + ", "
                    + kept;
        }
        return "the usual " + report.usual() + " stays"
                + report.confirmation().map(TuningTable::refusal).orElse("");
    }

    private static String refusal(TriedTuning.Measured best) {
        return String.format(
                Locale.ROOT,
                "; measured again, %s came to %s, and in three of four pairs to %+.1f %% at least",
                best.tuning(),
                percent(best.rates()),
                100 * (best.rates().ratioOfMost() - 1));
    }

    String json(Device device) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("algorithm", algorithm);
        fields.put("device", device.name());
        fields.put("deviceIndex", device.index());
        fields.put("driver", device.driver());
        fields.put("usual", report.usual().toString());
        fields.put("chosen", report.chosen().toString());
        fields.put("gain", report.gain());
        fields.put("seconds", report.taken().toMillis() / 1e3);
        fields.put(
                "measured", report.measured().stream().map(TuningTable::fields).toList());
        fields.put(
                "leftOut",
                report.leftOut().stream()
                        .map(each -> Map.of("tuning", each.tuning().toString(), "reason", each.reason()))
                        .toList());
        fields.put("untried", report.untried());
        report.confirmation().ifPresent(best -> fields.put("confirmation", fields(best)));
        fields.put("kept", kept);
        return new ObjectMapper().writeValueAsString(fields);
    }

    private static Map<String, Object> fields(TriedTuning.Measured measured) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tuning", measured.tuning().toString());
        fields.put("hashesPerSecond", measured.rates().hashesPerSecond());
        fields.put("usualHashesPerSecond", measured.rates().usualHashesPerSecond());
        fields.put("ratio", measured.rates().ratio());
        fields.put("ratioOfMost", measured.rates().ratioOfMost());
        return fields;
    }
}
