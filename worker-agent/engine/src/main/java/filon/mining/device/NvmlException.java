package filon.mining.device;

/** A call of NVML failed. The message names the call, the device, and the error in NVML's own words. */
public final class NvmlException extends RuntimeException {
    static final int INVALID_ARGUMENT = 2;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int TIMEOUT = 10;
    static final int FUNCTION_NOT_FOUND = 13;

    private static final long serialVersionUID = 1L;

    private final int code;

    NvmlException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** The {@code nvmlReturn_t}. */
    int code() {
        return code;
    }
}
