package filon.agent.meter;

import filon.mining.workload.MeterLog;
import filon.mining.workload.MeterRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Follows one workload's {@code meter.jsonl} from where the metering log says that it is reported. Belongs to one thread.
 *
 * <p>What it has read and not reported yet is not remembered over a restart: it is read again.
 */
final class MeterTail {
    /** A meter that cannot be read so many times in a row is given up: its workload's end must not wait for ever. */
    private static final int FAILURES_MAX = 60;

    private final PendingUsage pending;
    private long offset;
    private int failures;
    private Optional<MeterRecord> latest = Optional.empty();
    private boolean isDrained;

    MeterTail(MeterCursor cursor) {
        this.pending = new PendingUsage(cursor);
        this.offset = cursor.offset();
    }

    /** Reads on until the end, or until so many spans and shares wait for a report. */
    void read(Path meter, AnchoredClock clock, int pendingMax) throws IOException {
        isDrained = false;
        while (pending.size() < pendingMax) {
            MeterLog.Slice slice = MeterLog.read(meter, offset);
            failures = 0;
            if (slice.records().isEmpty()) {
                isDrained = true;
                return;
            }
            take(slice, meter, clock, pendingMax);
        }
    }

    void failed() {
        failures++;
        isDrained = failures >= FAILURES_MAX;
    }

    private void take(MeterLog.Slice slice, Path meter, AnchoredClock clock, int pendingMax) throws IOException {
        int taken = 0;
        for (MeterRecord record : slice.records()) {
            if (pending.size() >= pendingMax) {
                break;
            }
            pending.add(record, clock.of(record.bootId(), record.toNanos(), record.wallMillis()));
            latest = Optional.of(record);
            taken++;
        }
        offset = taken == slice.records().size() ? slice.nextOffset() : LineOffsets.after(meter, offset, taken);
    }

    PendingUsage pending() {
        return pending;
    }

    /** Bytes that are read; reported too once {@link PendingUsage#reported}. */
    long offset() {
        return offset;
    }

    /** Whether the last read came to the end of the file. */
    boolean isDrained() {
        return isDrained;
    }

    Optional<MeterRecord> latest() {
        return latest;
    }
}
