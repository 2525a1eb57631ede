package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Hashes per second, not negative. JSON: a bare integer. */
public record HashRate(@JsonValue long hashesPerSecond) {
    public static final HashRate ZERO = new HashRate(0);

    public HashRate {
        if (hashesPerSecond < 0) {
            throw new IllegalArgumentException("hash rate of " + hashesPerSecond + " H/s is negative");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HashRate of(long hashesPerSecond) {
        return new HashRate(hashesPerSecond);
    }

    public HashRate plus(HashRate other) {
        return new HashRate(Math.addExact(hashesPerSecond, other.hashesPerSecond));
    }

    /** Scaled to the largest unit that leaves at least one before the point: {@code 24.31 MH/s}. */
    @Override
    public String toString() {
        String[] units = {"H/s", "kH/s", "MH/s", "GH/s", "TH/s", "PH/s", "EH/s"};
        double scaled = hashesPerSecond;
        int unit = 0;
        while (scaled >= 1000 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return unit == 0 ? hashesPerSecond + " H/s" : String.format(Locale.ROOT, "%.2f %s", scaled, units[unit]);
    }
}
