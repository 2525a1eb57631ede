package filon.mining.command;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.device.Device;
import filon.mining.pool.PoolOrder;
import java.time.Duration;
import java.util.List;

/** What one part of a command line asks to be mined. */
record MiningPlan(ProofOfWork algorithm, List<Device> devices, List<PoolOrder> pools, Duration batch) {
    MiningPlan {
        devices = List.copyOf(devices);
        pools = List.copyOf(pools);
    }
}
