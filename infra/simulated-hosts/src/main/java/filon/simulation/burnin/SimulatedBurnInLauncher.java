package filon.simulation.burnin;

import filon.agent.burnin.BurnInFolder;
import filon.agent.burnin.BurnInLauncher;
import filon.agent.disk.Disk;
import filon.agent.engine.EngineRun;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.workload.SimulationTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts simulated burn-ins of one host, and steps them.
 *
 * <p>The agent's thread launches, and has never more than one that lives; one other thread steps. A burn-in ends with this JVM at the latest.
 */
public final class SimulatedBurnInLauncher implements BurnInLauncher {
    /** Above those of simulated workloads, so that nobody takes one for the other. */
    private static final AtomicLong PIDS = new AtomicLong(200_000_000);

    private final List<SimulatedDevice> devices;
    private final SimulationTime time;
    private final Disk disk;
    private volatile Optional<SimulatedBurnIn> newest = Optional.empty();

    public SimulatedBurnInLauncher(List<SimulatedDevice> devices, SimulationTime time, Disk disk) {
        this.devices = List.copyOf(devices);
        this.time = time;
        this.disk = disk;
    }

    @Override
    public EngineRun launch(BurnInFolder folder, RunBurnIn order, List<DeviceSelector> selectors) throws IOException {
        ProcessRecord record =
                new ProcessRecord(PIDS.incrementAndGet(), time.clock().instant());
        BurnInFiles files = BurnInFiles.begin(folder, disk);
        List<DeviceTrial> trials = selectors.stream()
                .map(selector -> new DeviceTrial(selected(selector), order.algorithms()))
                .toList();
        Duration run = Duration.ofSeconds(order.benchmarkSeconds());
        SimulatedBurnIn started = new SimulatedBurnIn(record, files, new Trials(trials, run), time);
        newest = Optional.of(started);
        return started;
    }

    private SimulatedDevice selected(DeviceSelector selector) {
        return devices.stream()
                .filter(device -> device.pciId().equalsIgnoreCase(selector.pciId()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no simulated device with " + selector));
    }

    @Override
    public Optional<EngineRun> find(ProcessRecord record) {
        return newest.filter(run -> run.record().equals(record) && run.isAlive())
                .map(EngineRun.class::cast);
    }

    /**
     * Lets the time since the last step pass over the burn-in, if there is one.
     *
     * @return the devices that were at work
     */
    public Set<SimulatedDevice> step(Duration elapsed) {
        return newest.map(run -> run.step(elapsed)).orElse(Set.of());
    }
}
