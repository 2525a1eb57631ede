package filon.api.fleet.rest;

import filon.contracts.value.Standing;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a host or a GPU stands, as staff read it.
 *
 * @param deadline when silence counts as an answer; absent where it never does
 */
@Schema(name = "Standing")
record StandingView(
        String state,

        @Schema(description = "of the reason, for programs") String code,

        String reason,

        @Schema(
                description = "on whose side it lies",
                enumeration = {"nobody", "customer", "provider", "pool", "network"})
        String owner,

        Instant since,

        @Schema(description = "what happens next by itself, or what a person has to do")
        String nextStep,

        Instant deadline) {
    static StandingView of(Standing standing) {
        return new StandingView(
                standing.state(),
                standing.code(),
                standing.reason(),
                standing.owner().name().toLowerCase(Locale.ROOT),
                standing.since(),
                standing.nextStep(),
                standing.deadline());
    }
}
