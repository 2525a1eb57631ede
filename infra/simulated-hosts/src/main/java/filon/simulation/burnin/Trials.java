package filon.simulation.burnin;

import java.time.Duration;
import java.util.List;

/**
 * What is to be tried.
 *
 * @param run how long each run of a measurement takes
 */
record Trials(List<DeviceTrial> devices, Duration run) {
    static final int RUNS = 5;

    Trials {
        devices = List.copyOf(devices);
    }
}
