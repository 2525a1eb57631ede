package filon.plumbing.codec;

/** Bytes that are no message of ours: not JSON, an unknown name, or a value its type refuses. Trying again cannot help. */
public final class UnusableMessageException extends Exception {
    private static final long serialVersionUID = 1;

    public UnusableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
