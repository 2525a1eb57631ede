package filon.simulation.workload;

import filon.agent.disk.Disk;
import filon.agent.engine.EngineRun;
import filon.agent.workload.Launcher;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import filon.simulation.device.SimulatedDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts simulated workloads on the devices of one host, and steps them.
 *
 * <p>The agent's thread launches; one other thread steps. A workload ends with this JVM at the latest.
 */
public final class SimulatedLauncher implements Launcher {
    /** Above those of real processes, so that nobody takes one for the other. */
    private static final AtomicLong PIDS = new AtomicLong(100_000_000);

    private final List<SimulatedDevice> devices;
    private final SimulationTime time;
    private final WorkloadFiles.Environment environment;
    private final SimulatedWorkload.Pace pace;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();

    private record Running(SimulatedWorkload workload, SimulatedDevice device) {}

    /**
     * @param record how much time lies between two records of a workload
     * @param share and between two of its shares
     */
    public SimulatedLauncher(
            List<SimulatedDevice> devices, SimulationTime time, Setting setting, Duration record, Duration share) {
        this.devices = List.copyOf(devices);
        this.time = time;
        this.environment = new WorkloadFiles.Environment(setting.disk(), time.clock(), setting.bootId());
        this.pace = new SimulatedWorkload.Pace(record, share);
    }

    /** What a host's workloads find on their machine. */
    public record Setting(Disk disk, String bootId) {}

    @Override
    public EngineRun launch(Path directory) throws IOException {
        long pid = PIDS.incrementAndGet();
        WorkloadFiles files = WorkloadFiles.open(directory, environment, pid);
        SimulatedDevice device = selected(files.specification().device());
        SimulatedWorkload workload = new SimulatedWorkload(files, device, time, pace);
        running.put(pid, new Running(workload, device));
        return workload;
    }

    private SimulatedDevice selected(DeviceSelector selector) throws IOException {
        return devices.stream()
                .filter(device -> device.pciId().equalsIgnoreCase(selector.pciId()))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no simulated device with " + selector));
    }

    /** The numbers begin anew in each JVM: only number and start together name one workload. */
    @Override
    public Optional<EngineRun> find(ProcessRecord record) {
        return Optional.ofNullable(running.get(record.pid()))
                .map(Running::workload)
                .filter(workload -> workload.record().equals(record))
                .filter(SimulatedWorkload::isAlive)
                .map(EngineRun.class::cast);
    }

    /**
     * Lets the time since the last step pass over all workloads.
     *
     * @return the devices that were at work
     */
    public Set<SimulatedDevice> step(Duration elapsed) {
        Set<SimulatedDevice> busy = new HashSet<>();
        for (Running one : running.values()) {
            one.workload().step(elapsed);
            if (one.workload().isBusy()) {
                busy.add(one.device());
            }
        }
        running.values().removeIf(one -> !one.workload().isAlive());
        return busy;
    }

    /** How many workloads live. */
    public int count() {
        return running.size();
    }
}
