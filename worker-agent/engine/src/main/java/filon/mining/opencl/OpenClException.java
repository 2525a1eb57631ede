package filon.mining.opencl;

/** A call of OpenCL failed. The message names the call, what it was for, and the error as OpenCL spells it. */
public class OpenClException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OpenClException(String message) {
        super(message);
    }

    public OpenClException(String message, Throwable cause) {
        super(message, cause);
    }
}
