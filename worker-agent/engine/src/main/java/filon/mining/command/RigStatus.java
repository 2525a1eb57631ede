package filon.mining.command;

import filon.contracts.value.HashRate;
import filon.mining.rig.RigFigures;
import filon.mining.rig.RigFigures.DeviceFigures;
import filon.mining.rig.RigFigures.MinerFigures;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A rig's figures as one line for each miner, for logs. */
final class RigStatus {
    private RigStatus() {}

    static List<String> of(RigFigures figures) {
        return figures.miners().stream()
                .map(miner -> line(miner, figures.uptimeSeconds()))
                .toList();
    }

    private static String line(MinerFigures miner, double uptimeSeconds) {
        double rate = miner.devices().stream()
                .mapToDouble(DeviceFigures::hashesPerSecondMean)
                .sum();
        return String.format(
                Locale.ROOT,
                "%.0f s  %s  %s on average  accepted %d  rejected %d  stale %d  unanswered %d  hardware errors %d",
                uptimeSeconds,
                miner.algorithm(),
                new HashRate((long) rate),
                miner.shares().accepted(),
                sum(miner.shares().rejected().values().stream().toList(), Long::longValue),
                sum(miner.shares().stale().values().stream().toList(), Long::longValue),
                miner.shares().unanswered(),
                sum(miner.devices(), device -> device.work().hardwareErrors()));
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> value) {
        return all.stream().mapToLong(value).sum();
    }
}
