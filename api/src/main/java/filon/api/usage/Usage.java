package filon.api.usage;

import filon.api.fleet.Live;
import filon.api.fleet.Reading;
import filon.api.rental.Rental;
import filon.contracts.value.HashRate;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a rental does now, as its hosts say, and what it has cost, as billing says.
 *
 * @param asOf when we looked
 */
public record Usage(Rental rental, Cost cost, List<Reading> readings, Instant asOf) {
    public Usage {
        readings = List.copyOf(readings);
    }

    public HashRate hashRate() {
        return readings.stream()
                .flatMap(reading -> reading.live().stream())
                .map(Live::hashRateNow)
                .reduce(HashRate.ZERO, HashRate::plus);
    }

    /** Hosts tell at once, billing tells for sure; both count the same shares, so the higher number is the newer. */
    public long acceptedShares() {
        return Math.max(cost.acceptedShares(), sum(Live::acceptedShares));
    }

    public long rejectedShares() {
        return Math.max(cost.rejectedShares(), sum(Live::rejectedShares));
    }

    private long sum(ToLongFunction<Live> count) {
        return readings.stream()
                .flatMap(reading -> reading.live().stream())
                .mapToLong(count)
                .sum();
    }
}
