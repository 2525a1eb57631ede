package filon.contracts.message;

/** How the wipe of a GPU ended. */
public enum WipeState {
    /** Nothing of the lease is left: its files are gone, the device's memory was overwritten and read back. */
    WIPED,
    /** Something of the lease may be left; the detail says why. */
    FAILED
}
