package filon.mining.device;

/** A device cannot be held to a limit that was asked for. The message names the device, and what it would take. */
public final class LimitRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitRefusedException(String message) {
        super(message);
    }
}
