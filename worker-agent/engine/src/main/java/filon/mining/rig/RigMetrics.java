package filon.mining.rig;

import filon.mining.rig.RigFigures.DeviceFigures;
import filon.mining.rig.RigFigures.MinerFigures;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A rig's figures as Prometheus reads them (text exposition format 0.0.4). */
public final class RigMetrics {
    private final RigFigures figures;
    private final StringBuilder text = new StringBuilder();

    private RigMetrics(RigFigures figures) {
        this.figures = figures;
    }

    public static String of(RigFigures figures) {
        RigMetrics metrics = new RigMetrics(figures);
        metrics.write();
        return metrics.text.toString();
    }

    private void write() {
        head("filon_uptime_seconds", "gauge", "Time since the rig was begun.");
        sample("filon_uptime_seconds", "", figures.uptimeSeconds());
        devices("filon_hashes_total", "counter", "Nonces tried.", d -> d.work().hashes());
        devices("filon_left_out_total", "counter", "Nonces queued and not tried, as another job came.", d -> d.work()
                .leftOut());
        devices("filon_hashes_per_second", "gauge", "Rate of the last ten seconds.", DeviceFigures::hashesPerSecond);
        devices("filon_proofs_total", "counter", "Hits that the CPU found right.", d -> d.work()
                .proofs());
        devices("filon_proven_hashes_total", "counter", "Hashes that so many proofs take on average.", d -> d.work()
                .provenHashes());
        devices("filon_hardware_errors_total", "counter", "Hits that the CPU found wrong.", d -> d.work()
                .hardwareErrors());
        devices("filon_surplus_hits_total", "counter", "Hits not looked at.", d -> d.work()
                .surplusHits());
        devices("filon_restarts_total", "counter", "Restarts of a device that hung or was lost.", d -> d.work()
                .restarts());
        devices("filon_busy_seconds_total", "counter", "Time in which kernels ran.", d -> d.work()
                .busySeconds());
        states();
        sensors();
        shares();
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void devices(String name, String type, String help, ToDoubleFunction<DeviceFigures> value) {
        head(name, type, help);
        for (MinerFigures miner : figures.miners()) {
            miner.devices().forEach(device -> sample(name, labels(miner, device), value.applyAsDouble(device)));
        }
    }

    private void states() {
        head("filon_state_seconds_total", "counter", "Time by what a device did.");
        for (MinerFigures miner : figures.miners()) {
            for (DeviceFigures device : miner.devices()) {
                device.secondsOf()
                        .forEach((state, seconds) -> sample(
                                "filon_state_seconds_total",
                                labels(miner, device) + ",state=\"" + state + "\"",
                                seconds));
            }
        }
    }

    private void sensors() {
        head("filon_temperature_celsius", "gauge", "Of devices that tell it.");
        for (MinerFigures miner : figures.miners()) {
            miner.devices().forEach(device -> device.sensors()
                    .temperatureCelsius()
                    .ifPresent(celsius -> sample("filon_temperature_celsius", labels(miner, device), celsius)));
        }
        head("filon_power_watts", "gauge", "Of devices that tell it.");
        for (MinerFigures miner : figures.miners()) {
            miner.devices().forEach(device -> device.sensors()
                    .powerMilliwatt()
                    .ifPresent(milliwatt -> sample("filon_power_watts", labels(miner, device), milliwatt / 1e3)));
        }
    }

    private void shares() {
        head("filon_shares_total", "counter", "Shares by what became of them.");
        for (MinerFigures miner : figures.miners()) {
            share(miner, "accepted", "", miner.shares().accepted());
            share(miner, "unanswered", "", miner.shares().unanswered());
            share(miner, "rejected", miner.shares().rejected());
            share(miner, "stale", miner.shares().stale());
        }
    }

    private void share(MinerFigures miner, String verdict, Map<String, Long> byCause) {
        byCause.forEach((cause, count) -> share(miner, verdict, cause, count));
    }

    private void share(MinerFigures miner, String verdict, String cause, long count) {
        sample(
                "filon_shares_total",
                "algorithm=\"" + miner.algorithm() + "\",verdict=\"" + verdict + "\",cause=\"" + escaped(cause) + '"',
                count);
    }

    private static String labels(MinerFigures miner, DeviceFigures device) {
        return "algorithm=\"" + miner.algorithm() + "\",device=\"" + device.index() + "\",name=\""
                + escaped(device.name()) + '"';
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        text.append(' ')
                .append(isWhole ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.6g", value))
                .append('\n');
    }
}
