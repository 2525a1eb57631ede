package filon.simulation.wipe;

import filon.agent.disk.Disk;
import filon.agent.engine.EngineRun;
import filon.agent.wipe.WipeFolder;
import filon.agent.wipe.WipeLauncher;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.workload.SimulationTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts simulated wipes of one host, and steps them.
 *
 * <p>The agent's thread launches; one other thread steps. A wipe ends with this JVM at the latest.
 */
public final class SimulatedWipeLauncher implements WipeLauncher {
    /** Above those of simulated workloads and burn-ins, so that nobody takes one for the other. */
    private static final AtomicLong PIDS = new AtomicLong(300_000_000);

    private final List<SimulatedDevice> devices;
    private final SimulationTime time;
    private final Disk disk;
    private final Map<Long, SimulatedWipe> living = new ConcurrentHashMap<>();

    public SimulatedWipeLauncher(List<SimulatedDevice> devices, SimulationTime time, Disk disk) {
        this.devices = List.copyOf(devices);
        this.time = time;
        this.disk = disk;
    }

    @Override
    public EngineRun launch(WipeFolder folder, DeviceSelector selector) throws IOException {
        SimulatedDevice device = devices.stream()
                .filter(one -> one.pciId().equalsIgnoreCase(selector.pciId()))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no simulated device with " + selector));
        ProcessRecord record =
                new ProcessRecord(PIDS.incrementAndGet(), time.clock().instant());
        SimulatedWipe started = new SimulatedWipe(record, device, folder, disk);
        living.put(record.pid(), started);
        return started;
    }

    @Override
    public Optional<EngineRun> find(ProcessRecord record) {
        return Optional.ofNullable(living.get(record.pid()))
                .filter(wipe -> wipe.record().equals(record) && wipe.isAlive())
                .map(EngineRun.class::cast);
    }

    /**
     * Lets the time since the last step pass over all wipes.
     *
     * @return the devices that were at work
     */
    public Set<SimulatedDevice> step(Duration elapsed) {
        Set<SimulatedDevice> busy = new HashSet<>();
        for (SimulatedWipe wipe : living.values()) {
            if (wipe.step(time.now(), elapsed)) {
                busy.add(wipe.device());
            }
        }
        living.values().removeIf(wipe -> !wipe.isAlive());
        return busy;
    }
}
