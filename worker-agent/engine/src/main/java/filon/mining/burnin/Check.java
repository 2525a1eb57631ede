package filon.mining.burnin;

/**
 * One thing that was looked at on a device.
 *
 * @param name for example {@code memory} or {@code known answers: sha256d}
 * @param detail what was found, for people
 */
public record Check(String name, boolean passed, String detail, double seconds) {}
