package filon.mining.engine;

import filon.mining.device.Device;
import filon.mining.plan.WorkPlan;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import java.time.Duration;
import java.util.List;

/**
 * What a miner is to do.
 *
 * @param devices one at least, none of them twice
 * @param plan what they work for
 * @param batch how long a batch is wanted to take
 * @param isRestarting whether a device that hangs or is lost is started again; where not, its failure is the owner's to handle
 */
public record MinerOrder(List<Device> devices, WorkPlan plan, PoolTerms terms, Duration batch, boolean isRestarting) {
    /** Short, as what a batch finds of a job that is withdrawn meanwhile is lost: 20 of 10,000 ms are 0.2 %. */
    public static final Duration BATCH_USUAL = Duration.ofMillis(20);

    public MinerOrder {
        if (devices.isEmpty() || devices.stream().distinct().count() < devices.size()) {
            throw new IllegalArgumentException("a miner has one device at least, and none twice, not "
                    + devices.stream().map(Device::index).toList());
        }
        devices = List.copyOf(devices);
    }

    /** All devices work for these pools, in order of preference. */
    public static MinerOrder of(
            List<Device> devices, List<PoolOrder> pools, PoolTerms terms, Duration batch, boolean isRestarting) {
        return new MinerOrder(devices, WorkPlan.of(pools), terms, batch, isRestarting);
    }
}
