package filon.agent.meter;

/**
 * How far a workload's meter is in the metering log.
 *
 * @param offset bytes of its {@code meter.jsonl} that are reported
 * @param incarnation and {@code sequence}: the last report that holds anything of it; 0 = none
 * @param isFinal that report said that nothing more will come
 */
public record MeterCursor(long offset, long incarnation, long sequence, boolean isFinal) {
    public static final MeterCursor START = new MeterCursor(0, 0, 0, false);

    MeterCursor reopened() {
        return new MeterCursor(offset, incarnation, sequence, false);
    }
}
