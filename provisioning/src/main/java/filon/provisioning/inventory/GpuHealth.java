package filon.provisioning.inventory;

import filon.contracts.value.Standing;
import java.time.Instant;

/**
 * How a GPU is.
 *
 * @param code why it is in its state; {@code reason} says it for people
 */
public record GpuHealth(GpuState state, GpuReason code, String reason, Instant since) {
    public GpuHealth {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a GPU that is " + state.label() + " needs a reason");
        }
    }

    static GpuHealth unknown(Instant now) {
        return new GpuHealth(new GpuState.Untested(), GpuReason.FOUND, "waits for the burn-in of its host", now);
    }

    /** After a move that {@code event} made. */
    static GpuHealth after(GpuEvent event, GpuMoves.Moved moved, Instant now) {
        return new GpuHealth(moved.next(), GpuReason.of(event), moved.reason(), now);
    }

    /** What everybody may know of it. */
    public Standing standing() {
        return code.standing(state.label(), reason, since);
    }

    @Override
    public String toString() {
        return state.label() + " (" + reason + ")";
    }
}
