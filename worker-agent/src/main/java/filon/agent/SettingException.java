package filon.agent;

/** A setting is missing or makes no sense; the message is one line that names it and says what to do. */
public final class SettingException extends Exception {
    private static final long serialVersionUID = 1;

    public SettingException(String message) {
        super(message);
    }
}
