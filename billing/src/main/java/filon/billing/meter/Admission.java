package filon.billing.meter;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides, report by report, which numbers are new, repeated or refused; pure, for the length of one batch.
 *
 * <p>First wins: a report that does not fit what was received before it (same number with other bytes, or a hash chain that does
 * not meet its neighbour's) is refused and kept as evidence. An honest agent's log always fits, in any order.
 */
final class Admission {
    static final Sha256 NO_PREVIOUS = new Sha256("0".repeat(64));

    private final Map<LaneId, Lane> lanes;
    private final Map<ReportId, Link> known;

    /** The two hashes of a received report that tie it to its neighbours. */
    record Link(Sha256 sha, Sha256 previous) {}

    /** What becomes of a report. */
    sealed interface Decision {
        record Admitted() implements Decision {}

        record Repeated() implements Decision {}

        record Refused(String reason) implements Decision {}
    }

    /** @param known at least the received ones of the reports to decide on and of their neighbours */
    Admission(Map<LaneId, Lane> lanes, Map<ReportId, Link> known) {
        this.lanes = new TreeMap<>(lanes);
        this.known = new HashMap<>(known);
    }

    Decision decide(Reading.Genuine reading) {
        ReportId id = reading.id();
        Lane lane = lanes.getOrDefault(id.lane(), Lane.empty(id.lane()));
        if (lane.received().contains(id.sequence())) {
            Link first = known.get(id);
            return first != null && first.sha().equals(reading.sha())
                    ? new Decision.Repeated()
                    : new Decision.Refused("report " + id + " came before with other bytes");
        }
        if (!fits(reading)) {
            lanes.put(id.lane(), lane.refuse(id.sequence()));
            return new Decision.Refused("report " + id + " breaks the hash chain with its neighbour");
        }
        lanes.put(id.lane(), lane.receive(id.sequence()));
        known.put(id, new Link(reading.sha(), reading.previous()));
        return new Decision.Admitted();
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    private boolean fits(Reading.Genuine reading) {
        ReportId id = reading.id();
        if (id.sequence() == 1 && !reading.previous().equals(NO_PREVIOUS)) {
            return false;
        }
        Link before = known.get(id.at(id.sequence() - 1));
        Link after = known.get(id.at(id.sequence() + 1));
        return (before == null || before.sha().equals(reading.previous()))
                && (after == null || after.previous().equals(reading.sha()));
    }
}
