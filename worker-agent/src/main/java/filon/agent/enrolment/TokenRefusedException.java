package filon.agent.enrolment;

/** The host cannot enrol with what it was given; a person must make a new token. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public TokenRefusedException(String message) {
        super(message);
    }
}
