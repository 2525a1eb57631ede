package filon.api.fleet;

import filon.contracts.value.DeviceSensors;
import filon.contracts.value.HashRate;
import java.time.Instant;
import java.util.Optional;

/**
 * What a GPU's host says of it; for people to see, never for money.
 *
 * @param isFresh whether it was heard within the last minute; an old reading says nothing about now
 */
public record Live(
        String state,
        HashRate hashRate,
        long acceptedShares,
        long rejectedShares,
        Optional<Integer> temperatureCelsius,
        Optional<Long> powerMilliwatts,
        Optional<DeviceSensors> sensors,
        Instant at,
        boolean isFresh) {
    /** The rate of this moment: none when the reading is old. */
    public HashRate hashRateNow() {
        return isFresh && state.equals("RUNNING") ? hashRate : HashRate.ZERO;
    }
}
