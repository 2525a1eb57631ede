package filon.api.console;

import filon.contracts.value.HashRate;
import filon.contracts.value.MicroEuro;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Scales numbers for reading and keeps the exact value beside them. */
public final class Figures {
    private static final String NOTHING = "–";

    private Figures() {}

    public static Shown rate(HashRate rate) {
        return new Shown(rate.toString(), grouped(rate.hashesPerSecond()) + " H/s");
    }

    /** Euros with cents; below one euro with every digit that says something, since that is where a running cost begins. */
    public static Shown money(MicroEuro money) {
        BigDecimal euros = BigDecimal.valueOf(money.amount(), 6);
        boolean isSmall = euros.abs().compareTo(BigDecimal.ONE) < 0;
        int digits = isSmall ? Math.max(2, euros.stripTrailingZeros().scale()) : 2;
        return new Shown(
                String.format(Locale.ROOT, "%,." + digits + "f €", euros.setScale(digits, RoundingMode.HALF_EVEN)),
                grouped(money.amount()) + " micro-EUR");
    }

    public static Shown count(long count) {
        return new Shown(grouped(count), Long.toString(count));
    }

    /** A length of time as people say it: the two largest units. */
    public static Shown seconds(long seconds) {
        return new Shown(spoken(seconds), grouped(seconds) + " s");
    }

    public static Shown ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        String text = seconds < 2 ? "just now" : spoken(seconds) + " ago";
        return new Shown(text, then.toString());
    }

    /** How long something has been so. */
    public static Shown lasting(Instant since, Instant now) {
        return new Shown(spoken(Math.max(0, Duration.between(since, now).toSeconds())), "since " + since);
    }

    public static Shown memory(long bytes) {
        String text = String.format(Locale.ROOT, "%.1f GiB", bytes / 1_073_741_824.0);
        return new Shown(text, grouped(bytes) + " bytes");
    }

    public static String temperature(Optional<Integer> celsius) {
        return celsius.map(value -> value + " °C").orElse(NOTHING);
    }

    public static Shown power(Optional<Long> milliwatts) {
        return milliwatts
                .map(value -> new Shown(String.format(Locale.ROOT, "%.1f W", value / 1000.0), grouped(value) + " mW"))
                .orElse(new Shown(NOTHING, "the device does not say"));
    }

    private static String spoken(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min"
                : seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }
}
