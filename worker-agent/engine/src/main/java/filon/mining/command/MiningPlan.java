package filon.mining.command;

import filon.contracts.value.Pool;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import java.time.Duration;
import java.util.List;

/** What one part of a command line asks to be mined. */
record MiningPlan(ProofOfWork algorithm, List<Device> devices, List<Pool> pools, Duration batch) {
    MiningPlan {
        devices = List.copyOf(devices);
        pools = List.copyOf(pools);
    }
}
