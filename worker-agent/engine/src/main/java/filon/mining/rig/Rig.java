package filon.mining.rig;

import filon.mining.device.Sensors;
import filon.mining.engine.DeviceMiner;
import filon.mining.engine.Miner;
import filon.mining.engine.MiningState;
import filon.mining.engine.RateWindow;
import filon.mining.engine.ShareCounts;
import filon.mining.engine.Tally;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The miners of one process. One thread calls {@link #sample} about once a second; any may ask for {@link #figures}. */
public final class Rig {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MOST = 0.99;

    private final List<Mining> minings;
    private final LongSupplier ticker;
    private final long beginNanos;
    private final Map<DeviceMiner, RateWindow> rates = new HashMap<>();
    private final Map<DeviceMiner, Sensors> sensors = new HashMap<>();
    private volatile RigFigures figures = new RigFigures(0, List.of());

    /** A miner, and the pool it was last heard of. */
    public record Mining(Miner miner, PoolName pool) {}

    /** @param ticker monotonic nanoseconds */
    public Rig(List<Mining> minings, LongSupplier ticker) {
        this.minings = List.copyOf(minings);
        this.ticker = ticker;
        this.beginNanos = ticker.getAsLong();
        for (Mining mining : minings) {
            for (DeviceMiner device : mining.miner().devices()) {
                rates.put(device, new RateWindow());
                sensors.put(device, Sensors.of(device.device()));
            }
        }
        sample();
    }

    /** The last sample. */
    public RigFigures figures() {
        return figures;
    }

    /** Takes the figures of now. */
    public RigFigures sample() {
        long now = ticker.getAsLong();
        double uptime = (now - beginNanos) / NANOS_PER_SECOND;
        figures = new RigFigures(
                uptime, minings.stream().map(mining -> figures(mining, now)).toList());
        return figures;
    }

    private RigFigures.MinerFigures figures(Mining mining, long now) {
        ShareCounts counts = mining.miner().counts();
        return new RigFigures.MinerFigures(
                mining.miner().order().terms().algorithm().name(),
                mining.pool().text(),
                shares(counts),
                mining.miner().countsOfPortions().entrySet().stream()
                        .map(each -> new RigFigures.PortionFigures(
                                each.getKey().name(), each.getKey().weight(), shares(each.getValue())))
                        .toList(),
                mining.miner().devices().stream()
                        .map(device -> figures(device, now))
                        .toList());
    }

    private static RigFigures.ShareFigures shares(ShareCounts counts) {
        return new RigFigures.ShareFigures(
                counts.accepted(),
                counts.rejected(),
                counts.stale(),
                counts.unanswered(),
                counts.answers().quantileNanos(0.5) / NANOS_PER_MILLI,
                counts.answers().quantileNanos(MOST) / NANOS_PER_MILLI);
    }

    private RigFigures.DeviceFigures figures(DeviceMiner device, long now) {
        Map<MiningState, Double> secondsOf = new EnumMap<>(MiningState.class);
        device.nanosOf().forEach((state, nanos) -> secondsOf.put(state, nanos / NANOS_PER_SECOND));
        long hashes = device.tally().hashes();
        RateWindow rate = rates.get(device);
        rate.add(now, hashes);
        double uptime = Math.max(1, now - beginNanos) / NANOS_PER_SECOND;
        return new RigFigures.DeviceFigures(
                device.device().index(),
                device.device().name(),
                device.state(),
                device.reason(),
                rate.perSecond(),
                hashes / uptime,
                work(device.tally(), secondsOf.getOrDefault(MiningState.RUNNING, 0.0)),
                secondsOf,
                sensors.get(device).read());
    }

    private static RigFigures.WorkFigures work(Tally tally, double runningSeconds) {
        double busySeconds = tally.busyNanos() / NANOS_PER_SECOND;
        return new RigFigures.WorkFigures(
                tally.hashes(),
                tally.leftOut(),
                tally.proofs(),
                tally.provenHashes(),
                tally.sharesFound(),
                tally.hardwareErrors(),
                tally.surplusHits(),
                tally.restarts(),
                busySeconds,
                Math.max(0, runningSeconds - busySeconds),
                tally.jobSwitches().quantileNanos(0.5) / NANOS_PER_MILLI,
                tally.jobSwitches().quantileNanos(MOST) / NANOS_PER_MILLI);
    }
}
