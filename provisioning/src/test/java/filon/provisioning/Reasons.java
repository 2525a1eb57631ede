package filon.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Owner;
import filon.contracts.value.Standing;
import filon.provisioning.standing.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What every machine's reasons have to say, whatever the machine. */
public final class Reasons {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private Reasons() {}

    /** @param running the one state of which nobody has to be told whose it is */
    public static void everyStateIsHonest(Reason[] reasons, List<String> states, String running) {
        for (String state : states) {
            List<Reason> own = Arrays.stream(reasons)
                    .filter(reason -> reason.belongsTo(state))
                    .toList();
            assertThat(own).as(state).isNotEmpty();
            own.forEach(reason -> isHonest(state, reason, running));
        }
    }

    private static void isHonest(String state, Reason reason, String running) {
        Standing standing = reason.standing(state, "why", NOW);
        assertThat(standing.code()).as(state).isNotBlank();
        assertThat(standing.nextStep()).as(state + " " + reason).isNotBlank();
        assertThat(standing.since()).isEqualTo(NOW);
        assertThat(standing.owner() == Owner.NOBODY).as(state + " " + reason).isEqualTo(state.equals(running));
        assertThat(reason.usualActor().name()).isNotBlank();
    }
}
