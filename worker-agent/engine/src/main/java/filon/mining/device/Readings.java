package filon.mining.device;

import filon.contracts.value.DeviceSensors;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a device's sensors say; what it does not offer is empty, never guessed. */
public record Readings(OptionalInt temperatureCelsius, OptionalLong powerMilliwatt, Optional<DeviceSensors> sensors) {
    public static final Readings NONE = new Readings(OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
}
