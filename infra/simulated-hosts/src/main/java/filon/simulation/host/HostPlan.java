package filon.simulation.host;

import filon.simulation.fault.Fate;
import java.nio.file.Path;

/**
 * One host of a fleet.
 *
 * @param number 1, 2, 3 ...
 * @param folder of the fleet; this host's parts of it are {@link #home} and {@link #token}
 */
public record HostPlan(int number, Path folder, int gpus, Fate fate) {
    public static final int GPUS_MAX = 64;

    public HostPlan {
        if (number < 1 || gpus < 1 || gpus > GPUS_MAX) {
            throw new IllegalArgumentException("host " + number + " with " + gpus
                    + " GPUs: it has a number above 0 and 1 to " + GPUS_MAX + " GPUs");
        }
    }

    /** Its name; its machine's serial number, too. */
    public String name() {
        return String.format("sim-%04d", number);
    }

    public Path home() {
        return folder.resolve("hosts").resolve(name());
    }

    /** Where its enrolment token comes to lie. */
    public Path token() {
        return folder.resolve("tokens").resolve(name());
    }
}
