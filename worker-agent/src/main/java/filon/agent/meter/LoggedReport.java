package filon.agent.meter;

import filon.contracts.message.UsageReport;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.util.Map;

/**
 * One entry of the metering log: a usage report exactly as it is sent, and how far it takes the workloads' meters.
 *
 * @param cursors of all workloads the agent knew, so that the newest entry alone tells where to go on
 * @param value the record's bytes on the topic
 */
public record LoggedReport(long incarnation, long sequence, Map<String, MeterCursor> cursors, byte[] value) {
    public LoggedReport {
        cursors = Map.copyOf(cursors);
    }

    /** @throws IllegalStateException if the bytes are not a usage report: the log holds nothing else */
    public UsageReport report() {
        try {
            return (UsageReport) MessageCodec.decode(value).payload();
        } catch (UnusableMessageException e) {
            throw new IllegalStateException("entry " + incarnation + "/" + sequence + " is no usage report", e);
        }
    }

    boolean isThrough(long otherIncarnation, long otherSequence) {
        return incarnation < otherIncarnation || incarnation == otherIncarnation && sequence <= otherSequence;
    }
}
