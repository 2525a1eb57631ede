package filon.mining.workload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import filon.contracts.value.DeviceSensors;
import filon.mining.engine.MiningState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of {@code meter.jsonl}: what happened in one span of time, in one state.
 *
 * <p>Counters are cumulative over all processes of the directory. Times are of {@code CLOCK_MONOTONIC} and comparable within one
 * boot id; the spans of one process follow each other without a gap.
 *
 * @param n 1, 2, 3... per directory, over all its processes
 * @param bootId of the operating system
 * @param fromNanos begin of the span, inside it
 * @param toNanos end of the span, outside it
 * @param wallMillis the wall clock at {@code toNanos}, milliseconds since 1970
 * @param state throughout the span
 * @param hashRate hashes per second over about the last ten seconds
 * @param isFinal whether the process ends with this record
 * @param shares those whose fate became known since the last record
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MeterRecord(
        long n,
        String bootId,
        long fromNanos,
        long toNanos,
        long wallMillis,
        MiningState state,
        String reason,
        long hashes,
        long accepted,
        long rejected,
        long stale,
        long unanswered,
        long hardwareErrors,
        long hashRate,
        OptionalInt temperatureCelsius,
        OptionalLong powerMilliwatt,
        Optional<DeviceSensors> sensors,
        @JsonProperty("isFinal") boolean isFinal,
        List<ShareProof> shares) {
    public MeterRecord {
        if (n < 1 || toNanos < fromNanos) {
            throw new IllegalArgumentException("meter record " + n + " from " + fromNanos + " to " + toNanos);
        }
        sensors = sensors == null ? Optional.empty() : sensors;
        shares = List.copyOf(shares);
    }

    public Counters counters() {
        return new Counters(hashes, accepted, rejected, stale, unanswered, hardwareErrors);
    }
}
