package filon.mining.device;

/** No device fits a selector. The message lists the devices there are. */
public final class DeviceAbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceAbsentException(String message) {
        super(message);
    }
}
