package filon.contracts.address;

/** A host that may not be connected to for a customer; the message names the host, its address and the range. */
public final class ForbiddenAddressException extends Exception {
    private static final long serialVersionUID = 1;

    public ForbiddenAddressException(String message, Throwable cause) {
        super(message, cause);
    }
}
