package filon.mining.rig;

import filon.contracts.value.HashRate;
import filon.mining.engine.MiningState;
import filon.mining.rig.RigFigures.DeviceFigures;
import filon.mining.rig.RigFigures.MinerFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rig's figures as lines for people: one for each device, one for each miner's shares. */
public final class RigTable {
    private static final int NAME_WIDTH = 22;
    /** Fewer say nothing: chance alone brings their share 30 percent from 100. */
    private static final int PROOFS_THAT_TELL = 10;

    private static final String HEAD = String.format(
            Locale.ROOT,
            "%-4s%-" + NAME_WIDTH + "s %-11s %-10s %13s %13s %7s %6s %5s %6s",
            "gpu",
            "name",
            "algorithm",
            "state",
            "10 s",
            "mean",
            "proven",
            "errors",
            "temp",
            "power");

    private final boolean isColoured;

    public RigTable(boolean isColoured) {
        this.isColoured = isColoured;
    }

    /** The whole table, line by line. */
    public List<String> lines(RigFigures figures) {
        List<String> lines = new ArrayList<>();
        lines.add(painted("1", HEAD));
        for (MinerFigures miner : figures.miners()) {
            miner.devices().forEach(device -> lines.add(line(miner, device)));
        }
        for (MinerFigures miner : figures.miners()) {
            lines.add(shares(miner));
            lines.addAll(portions(miner));
        }
        lines.add(String.format(Locale.ROOT, "up %s", time((long) figures.uptimeSeconds())));
        return lines;
    }

    private String line(MinerFigures miner, DeviceFigures device) {
        String state = String.format(Locale.ROOT, "%-10s", device.state());
        return String.format(
                Locale.ROOT,
                "%-4d%-" + NAME_WIDTH + "s %-11s %s %13s %13s %7s %6d %5s %6s",
                device.index(),
                shortened(device.name()),
                miner.algorithm(),
                painted(colour(device.state()), state),
                rate(device.hashesPerSecond()),
                rate(device.hashesPerSecondMean()),
                proven(device.work()),
                device.work().hardwareErrors(),
                device.sensors().temperatureCelsius().isPresent()
                        ? device.sensors().temperatureCelsius().getAsInt() + " C"
                        : "-",
                device.sensors().powerMilliwatt().isPresent()
                        ? device.sensors().powerMilliwatt().getAsLong() / 1000 + " W"
                        : "-");
    }

    private static String proven(RigFigures.WorkFigures work) {
        return work.proofs() < PROOFS_THAT_TELL ? "-" : String.format(Locale.ROOT, "%.0f%%", 100 * work.provenShare());
    }

    private static String shortened(String name) {
        return name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH - 1) + "~";
    }

    private static String rate(double hashesPerSecond) {
        return new HashRate((long) hashesPerSecond).toString();
    }

    private String shares(MinerFigures miner) {
        RigFigures.ShareFigures shares = miner.shares();
        String bad = String.format(
                Locale.ROOT,
                "rejected %d  stale %d  unanswered %d",
                shares.rejectedInAll(),
                shares.staleInAll(),
                shares.unanswered());
        boolean isClean = shares.rejectedInAll() + shares.staleInAll() + shares.unanswered() == 0;
        return miner.algorithm() + " shares: " + painted("32", "accepted " + shares.accepted()) + "  "
                + (isClean ? bad : painted("33", bad)) + (miner.pool().isEmpty() ? "" : "  at " + miner.pool());
    }

    /** What came of each portion, where there are several. */
    private static List<String> portions(MinerFigures miner) {
        if (miner.portions().size() < 2) {
            return List.of();
        }
        return miner.portions().stream()
                .map(portion -> String.format(
                        Locale.ROOT,
                        "  %s (weight %d): accepted %d  rejected %d  stale %d  unanswered %d",
                        portion.name(),
                        portion.weight(),
                        portion.shares().accepted(),
                        portion.shares().rejectedInAll(),
                        portion.shares().staleInAll(),
                        portion.shares().unanswered()))
                .toList();
    }

    private static String colour(MiningState state) {
        return switch (state) {
            case RUNNING -> "32";
            case PREPARING, CONNECTING, STOPPING -> "33";
            case NO_POOL, STALLED, FAILED -> "31";
        };
    }

    private String painted(String colour, String text) {
        return isColoured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    private static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
