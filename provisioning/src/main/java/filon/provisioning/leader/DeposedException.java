package filon.provisioning.leader;

/** Another instance has taken the chore over; what the transaction has done must not commit. */
public final class DeposedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeposedException(Term term) {
        super("the leader of " + term.chore() + " is not that of epoch " + term.epoch() + " any more");
    }
}
