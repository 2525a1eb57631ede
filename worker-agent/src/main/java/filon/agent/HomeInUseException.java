package filon.agent;

/** Another agent lives in this home. */
public final class HomeInUseException extends Exception {
    private static final long serialVersionUID = 1;

    public HomeInUseException(String message) {
        super(message);
    }
}
