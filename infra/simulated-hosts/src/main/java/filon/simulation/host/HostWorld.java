package filon.simulation.host;

import filon.agent.Outside;
import filon.agent.burnin.BurnInLauncher;
import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.disk.Disk;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.identity.Provisioning;
import filon.agent.uplink.Uplink;
import filon.agent.wipe.WipeLauncher;
import filon.agent.workload.Launcher;
import filon.mining.device.Device;
import filon.simulation.burnin.SimulatedBurnInLauncher;
import filon.simulation.device.DeviceMake;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import filon.simulation.wipe.SimulatedWipeLauncher;
import filon.simulation.workload.SimulatedLauncher;
import filon.simulation.workload.SimulationTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All that an agent touches outside itself, on a simulated host: its own devices, clock and disk, and the fleet's network. */
final class HostWorld implements Outside {
    private final Fate fate;
    private final Surroundings surroundings;
    private final SimulationTime time;
    private final List<SimulatedDevice> devices;
    private final SimulatedLauncher launcher;
    private final SimulatedBurnInLauncher burnIns;
    private final SimulatedWipeLauncher wipes;

    HostWorld(HostPlan plan, Surroundings surroundings) {
        this.fate = plan.fate();
        this.surroundings = surroundings;
        Clock clock = new SteppingClock(surroundings.clock(), fate, this::fleetAge);
        this.time = new SimulationTime(surroundings.nanos(), surroundings.beginNanos(), clock);
        DeviceMake make = DeviceMake.ofHost(plan.number());
        this.devices = IntStream.range(0, plan.gpus())
                .mapToObj(index -> new SimulatedDevice(make, index, fate))
                .toList();
        this.launcher = new SimulatedLauncher(
                devices,
                time,
                new SimulatedLauncher.Setting(disk(), surroundings.bootId()),
                surroundings.rhythm().record(),
                surroundings.rhythm().share());
        this.burnIns = new SimulatedBurnInLauncher(devices, time, disk());
        this.wipes = new SimulatedWipeLauncher(devices, time, disk());
    }

    private Duration fleetAge() {
        return Duration.ofNanos(surroundings.nanos().getAsLong() - surroundings.beginNanos());
    }

    private boolean isCutOff() {
        return fate.at(FaultKind.SILENT, fleetAge()).isPresent();
    }

    void step(Duration elapsed) {
        Set<SimulatedDevice> busy = new HashSet<>(launcher.step(elapsed));
        busy.addAll(burnIns.step(elapsed));
        busy.addAll(wipes.step(elapsed));
        Duration now = time.now();
        devices.forEach(device -> device.step(now, elapsed, busy.contains(device)));
    }

    int workloads() {
        return launcher.count();
    }

    @Override
    public Clock clock() {
        return time.clock();
    }

    @Override
    public long nanos() {
        return surroundings.nanos().getAsLong();
    }

    @Override
    public UUID newId() {
        return UUID.randomUUID();
    }

    @Override
    public void pause(Duration duration) {
        surroundings.pause().accept(duration);
    }

    @Override
    public List<Device> devices() {
        Duration now = fleetAge();
        return devices.stream()
                .filter(device -> device.isPresent(now))
                .map(SimulatedDevice::description)
                .toList();
    }

    @Override
    public Disk disk() {
        return bytes -> {
            if (fate.at(FaultKind.DISK_FULL, fleetAge()).isPresent()) {
                throw new IOException("No space left on device");
            }
        };
    }

    @Override
    public Launcher launcher() {
        return launcher;
    }

    @Override
    public BurnInLauncher burnInLauncher() {
        return burnIns;
    }

    @Override
    public WipeLauncher wipeLauncher() {
        return wipes;
    }

    @Override
    public EnrolmentDesk desk(Provisioning provisioning) {
        return surroundings.network().desk();
    }

    @Override
    public RenewalDesk renewals(Provisioning provisioning) {
        return surroundings.network().renewals();
    }

    @Override
    public Uplink uplink(Identity identity, HostKey key) {
        return new CutUplink(surroundings.network().uplink(identity, key), this::isCutOff);
    }

    @Override
    public OrderSource orders(Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
        OrderGate gate = new OrderGate(this::isCutOff, this::pause, receiver);
        return gate.around(surroundings.network().orders(identity, key, gate::pass));
    }
}
