package filon.contracts.message;

/** How far a burn-in is. */
public enum BurnInState {
    /** Being done, or waiting on the host for its devices to be free. */
    RUNNING,
    /** Every device passed every check. */
    PASSED,
    /** A device did not pass, or the burn-in could not be done; the progress says why. */
    FAILED
}
