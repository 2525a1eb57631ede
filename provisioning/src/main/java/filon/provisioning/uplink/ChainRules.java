package filon.provisioning.uplink;

import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of a record that names its place in a chain; pure. */
public final class ChainRules {
    private ChainRules() {}

    /**
     * A record as it came, its signature already checked.
     *
     * @param previousSha256 what it says of the link before
     * @param sha256 its own hash
     */
    record Arrived(long sequence, String previousSha256, String sha256) {}

    /**
     * What is known of the chain around it.
     *
     * @param same the hash of the link at its own place
     * @param before the hash of the link before it
     * @param nextPrevious what the link behind it says of its own place
     * @param lastBelow the highest place below its own that is known
     */
    public record Known(
            Optional<String> same, Optional<String> before, Optional<String> nextPrevious, OptionalLong lastBelow) {}

    sealed interface Answer {}

    /** It follows what is known, or begins a chain. */
    record Fits() implements Answer {}

    /** It is there already. */
    record Repeated() implements Answer {}

    /** It may be believed, but what should stand before it has not come. */
    record Gap(long from, long through) implements Answer {}

    /** Two records that the host's key has signed for one place: two agents hold it. */
    record Forked(String evidence) implements Answer {}

    static Answer on(Known known, Arrived arrived) {
        if (known.same().isPresent()) {
            return known.same().get().equals(arrived.sha256())
                    ? new Repeated()
                    : new Forked("two records are number " + arrived.sequence());
        }
        boolean follows = known.before().map(arrived.previousSha256()::equals).orElse(true);
        boolean leads = known.nextPrevious().map(arrived.sha256()::equals).orElse(true);
        if (!follows || !leads) {
            return new Forked("record " + arrived.sequence() + " does not follow the one that is known before it, or"
                    + " is not what the one behind it follows");
        }
        boolean isComplete = arrived.sequence() == 1 || known.before().isPresent();
        return isComplete ? new Fits() : new Gap(known.lastBelow().orElse(0) + 1, arrived.sequence() - 1);
    }
}
