package filon.mining.command;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import filon.mining.plan.WorkPlan;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** What one part of a command line asks to be mined. */
record MiningPlan(ProofOfWork algorithm, List<Device> devices, WorkPlan work, Duration batch) {
    MiningPlan {
        devices = List.copyOf(devices);
    }

    /** @throws IllegalArgumentException if two of them ask for the same device */
    static void requireDisjoint(List<MiningPlan> plans) {
        List<Device> all =
                plans.stream().flatMap(plan -> plan.devices().stream()).toList();
        for (Device device : all) {
            if (Collections.frequency(all, device) > 1) {
                throw new IllegalArgumentException("device " + device.index() + " (" + device.name()
                        + ") is asked for more than once; name others with --device");
            }
        }
    }
}
