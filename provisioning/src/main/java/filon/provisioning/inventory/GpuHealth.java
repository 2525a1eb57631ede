package filon.provisioning.inventory;

import java.time.Instant;

/**
 * How a GPU is.
 *
 * @param reason why it is in its state, for people
 */
public record GpuHealth(GpuState state, String reason, Instant since) {
    public GpuHealth {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a GPU that is " + state.label() + " needs a reason");
        }
    }

    static GpuHealth unknown(Instant now) {
        return new GpuHealth(new GpuState.Untested(), "waits for the burn-in of its host", now);
    }

    @Override
    public String toString() {
        return state.label() + " (" + reason + ")";
    }
}
