package filon.simulation.host;

import filon.agent.identity.Provisioning;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What all hosts of a fleet have in common.
 *
 * @param clock the right time
 * @param nanos a monotonic clock
 * @param beginNanos when the fleet began, by it
 * @param pause waits that long, on the calling thread
 * @param bootId of the machine
 */
public record Surroundings(
        Clock clock,
        LongSupplier nanos,
        long beginNanos,
        Consumer<Duration> pause,
        String bootId,
        Provisioning provisioning,
        Network network,
        Rhythm rhythm) {
    /**
     * How often things are written.
     *
     * @param report a host's usage report
     * @param record a workload's meter record
     * @param share a workload's share
     */
    public record Rhythm(Duration report, Duration record, Duration share) {}
}
