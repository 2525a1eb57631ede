package filon.billing.meter;

import filon.contracts.value.HostId;
import java.util.Comparator;

/** One incarnation of one host's agent: reports are numbered within it. */
public record LaneId(HostId host, long incarnation) implements Comparable<LaneId> {
    private static final Comparator<LaneId> ORDER =
            Comparator.comparing(LaneId::host).thenComparingLong(LaneId::incarnation);

    @Override
    public int compareTo(LaneId other) {
        return ORDER.compare(this, other);
    }
}
