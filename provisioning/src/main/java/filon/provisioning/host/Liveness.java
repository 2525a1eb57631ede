package filon.provisioning.host;

import filon.contracts.message.FleetReport.HostReported;
import java.time.Instant;
import java.util.Optional;

/**
 * What the host's latest report says of the agent itself.
 *
 * @param instance which agent it is of this incarnation; empty for agents that do not say
 * @param begunAt when this incarnation reported first
 * @param generation the highest order it has applied
 * @param connectivity as last published, see {@link #connectivityAt} for the truth of a moment
 */
public record Liveness(
        long incarnation,
        String instance,
        Instant begunAt,
        long generation,
        String agentVersion,
        Instant reportedAt,
        Connectivity connectivity) {
    /** @param at when the host said it, by its own clock but never later than ours */
    static Liveness of(HostReported report, Instant at, Connectivity connectivity) {
        return new Liveness(
                report.incarnation(),
                instance(report),
                at,
                report.generation(),
                report.agentVersion(),
                at,
                connectivity);
    }

    public Connectivity connectivityAt(Instant now) {
        return Connectivity.at(reportedAt, now);
    }

    Liveness aged(Connectivity aged) {
        return new Liveness(incarnation, instance, begunAt, generation, agentVersion, reportedAt, aged);
    }

    /**
     * Why a report proves that another agent lives beside the known one; empty if it may be of the known one, of its next life, or a
     * late word of an earlier life.
     */
    Optional<String> secondAgent(HostReported report, Instant at) {
        if (report.incarnation() < incarnation && at.isAfter(begunAt)) {
            return Optional.of("incarnation " + report.incarnation() + " reported at " + at + ", after incarnation "
                    + incarnation + " had begun at " + begunAt);
        }
        boolean isOther = report.incarnation() == incarnation
                && !instance.isEmpty()
                && report.instance() != null
                && !instance.equals(instance(report));
        return isOther
                ? Optional.of("incarnation " + incarnation + " is lived by instances " + instance + " and "
                        + instance(report))
                : Optional.empty();
    }

    private static String instance(HostReported report) {
        return report.instance() == null ? "" : report.instance().toString();
    }
}
