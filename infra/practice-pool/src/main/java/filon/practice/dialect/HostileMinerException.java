package filon.practice.dialect;

/** What the other side did wrong; ends its connection. */
final class HostileMinerException extends Exception {
    private static final long serialVersionUID = 1L;

    HostileMinerException(String message) {
        super(message);
    }
}
