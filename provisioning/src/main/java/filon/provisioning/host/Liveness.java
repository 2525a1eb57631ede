package filon.provisioning.host;

import java.time.Instant;

/**
 * What the host's latest report says of the agent itself.
 *
 * @param generation the highest order it has applied
 * @param connectivity as last published, see {@link #connectivityAt} for the truth of a moment
 */
public record Liveness(
        long incarnation, long generation, String agentVersion, Instant reportedAt, Connectivity connectivity) {
    public Connectivity connectivityAt(Instant now) {
        return Connectivity.at(reportedAt, now);
    }
}
