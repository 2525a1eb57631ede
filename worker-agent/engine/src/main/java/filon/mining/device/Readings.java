package filon.mining.device;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a device's sensors say; what it does not offer is empty, never guessed. */
public record Readings(OptionalInt temperatureCelsius, OptionalLong powerMilliwatt) {
    public static final Readings NONE = new Readings(OptionalInt.empty(), OptionalLong.empty());
}
