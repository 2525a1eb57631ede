package filon.mining.opencl;

/** The device has no room for what was asked of it. The message says how much was asked for and how much is free. */
public final class OutOfDeviceMemoryException extends OpenClException {
    private static final long serialVersionUID = 1L;

    public OutOfDeviceMemoryException(String message) {
        super(message);
    }
}
