package filon.mining.algorithm;

/** A device computed something else than the CPU or than the public record says. It must not mine. */
public final class DeviceWrongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceWrongException(String message) {
        super(message);
    }
}
