package filon.mining.command;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import filon.mining.plan.WorkPlan;
import java.time.Duration;
import java.util.List;

/** What one part of a command line asks to be mined. */
record MiningPlan(ProofOfWork algorithm, List<Device> devices, WorkPlan work, Duration batch) {
    MiningPlan {
        devices = List.copyOf(devices);
    }
}
