package filon.agent.meter;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far a workload's meter is in the metering log.
 *
 * @param offset bytes of its {@code meter.jsonl} that are reported
 * @param incarnation and {@code sequence}: the last report that holds anything of it; 0 = none
 * @param isFinal that report said that nothing more will come
 * @param hashes cumulative, as are {@code accepted} and {@code rejected}, in that report
 */
public record MeterCursor(
        long offset,
        long incarnation,
        long sequence,
        @JsonProperty("isFinal") boolean isFinal,
        long hashes,
        long accepted,
        long rejected) {
    public static final MeterCursor START = new MeterCursor(0, 0, 0, false, 0, 0, 0);

    MeterCursor reopened() {
        return new MeterCursor(offset, incarnation, sequence, false, hashes, accepted, rejected);
    }

    boolean isThrough(long otherIncarnation, long otherSequence) {
        return incarnation < otherIncarnation || incarnation == otherIncarnation && sequence <= otherSequence;
    }
}
