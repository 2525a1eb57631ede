package filon.local;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.HashRate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The live picture of a rental in a terminal. */
final class Table {
    private static final int WIDTH = 74;

    private Table() {}

    /** @param balance and {@code usage} as the API answers them */
    static List<String> of(Summary summary, JsonNode balance, JsonNode usage) {
        List<String> lines = new ArrayList<>();
        lines.add("┌" + "─".repeat(WIDTH) + "┐");
        lines.add(row("rental " + summary.rentalId(), summary.rentalState()));
        String reason = usage.path("reason").asText("");
        if (!reason.isBlank()) {
            lines.add(row("", reason));
        }
        lines.add(row("hash rate", HashRate.of(summary.hashrateHs()).toString()));
        lines.add(row("shares accepted / rejected", summary.acceptedShares() + " / " + summary.rejectedShares()));
        for (JsonNode gpu : usage.path("gpus")) {
            readings(gpu).forEach(reading -> lines.add(row(reading[0], reading[1])));
        }
        lines.add(row("proven GPU-seconds", String.valueOf(summary.provenSeconds())));
        lines.add(row(
                "cost so far",
                euro(summary.costMicroEur()) + "   at " + euro(summary.priceMicroEurPerHour()) + " per GPU-hour"));
        lines.add(row(
                "balance",
                euro(balance.path("availableMicroEur").asLong()) + "   held "
                        + euro(balance.path("heldMicroEur").asLong())));
        lines.add("└" + "─".repeat(WIDTH) + "┘");
        return lines;
    }

    /** Only what the device offers. */
    private static List<String[]> readings(JsonNode gpu) {
        List<String[]> readings = new ArrayList<>();
        if (gpu.hasNonNull("temperatureCelsius")) {
            readings.add(
                    new String[] {"temperature", gpu.path("temperatureCelsius").asInt() + " °C"});
        }
        if (gpu.hasNonNull("powerMilliwatts")) {
            readings.add(new String[] {
                "power",
                String.format(Locale.ROOT, "%.1f W", gpu.path("powerMilliwatts").asLong() / 1000.0)
            });
        }
        return readings;
    }

    /** The same for a place that is no terminal, on one line. */
    static String line(Summary summary) {
        return String.format(
                Locale.ROOT,
                "%s: %s, shares %d/%d, proven %d s, cost %s",
                summary.rentalState(),
                HashRate.of(summary.hashrateHs()),
                summary.acceptedShares(),
                summary.rejectedShares(),
                summary.provenSeconds(),
                euro(summary.costMicroEur()));
    }

    static String euro(long microEuro) {
        return BigDecimal.valueOf(microEuro, 6).toPlainString() + " EUR";
    }

    private static String row(String label, String value) {
        String text = String.format(" %-28s %s", label, value);
        if (label.startsWith("rental ")) {
            text = " " + label + "  " + value;
        }
        String cut = text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
        return "│" + cut + " ".repeat(WIDTH - cut.length()) + "│";
    }
}
