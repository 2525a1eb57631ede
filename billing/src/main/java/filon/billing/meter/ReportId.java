package filon.billing.meter;

import filon.contracts.value.HostId;

/** The number of a report for ever: which host, which incarnation of its agent, which place in its order. */
public record ReportId(HostId host, long incarnation, long sequence) {
    public LaneId lane() {
        return new LaneId(host, incarnation);
    }

    ReportId at(long otherSequence) {
        return new ReportId(host, incarnation, otherSequence);
    }

    @Override
    public String toString() {
        return host + "/" + incarnation + "/" + sequence;
    }
}
