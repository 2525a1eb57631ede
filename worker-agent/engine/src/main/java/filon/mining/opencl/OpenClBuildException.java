package filon.mining.opencl;

/** A driver does not compile a kernel's source. The message has the first lines of its compiler's log. */
public final class OpenClBuildException extends OpenClException {
    private static final long serialVersionUID = 1L;

    public OpenClBuildException(String message) {
        super(message);
    }
}
