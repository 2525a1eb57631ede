package filon.agent;

import filon.agent.burnin.BurnInLauncher;
import filon.agent.control.OrderRecord;
import filon.agent.control.OrderSource;
import filon.agent.disk.Disk;
import filon.agent.engine.EngineInstallation;
import filon.agent.engine.Niceness;
import filon.agent.enrolment.EnrolmentDesk;
import filon.agent.enrolment.RenewalDesk;
import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.agent.identity.Provisioning;
import filon.agent.inventory.DeviceListing;
import filon.agent.uplink.Uplink;
import filon.agent.wipe.WipeLauncher;
import filon.agent.workload.Launcher;
import filon.mining.device.Device;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** All that the agent touches outside itself: time, chance, devices, processes and the network. */
public interface Outside {
    Clock clock();

    /** Monotonic nanoseconds, for pauses and patience. */
    long nanos();

    UUID newId();

    /** Waits on the calling thread. */
    void pause(Duration time);

    List<Device> devices() throws IOException;

    /** What the metering log is written to. */
    default Disk disk() {
        return Disk.OWN;
    }

    Launcher launcher();

    BurnInLauncher burnInLauncher();

    WipeLauncher wipeLauncher();

    EnrolmentDesk desk(Provisioning provisioning) throws IOException;

    RenewalDesk renewals(Provisioning provisioning) throws IOException;

    Uplink uplink(Identity identity, HostKey key);

    OrderSource orders(Identity identity, HostKey key, Consumer<OrderRecord> receiver);

    /** The real one. */
    record Real(Clock clock, EngineInstallation engine, int workloadNiceness) implements Outside {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public UUID newId() {
            return UUID.randomUUID();
        }

        @Override
        public void pause(Duration time) {
            LockSupport.parkNanos(time.toNanos());
        }

        @Override
        public List<Device> devices() throws IOException {
            return DeviceListing.of(engine).devices();
        }

        @Override
        public Launcher launcher() {
            return Launcher.of(engine, new Niceness(workloadNiceness));
        }

        @Override
        public BurnInLauncher burnInLauncher() {
            return BurnInLauncher.of(engine, new Niceness(workloadNiceness));
        }

        @Override
        public WipeLauncher wipeLauncher() {
            return WipeLauncher.of(engine, new Niceness(workloadNiceness));
        }

        @Override
        public EnrolmentDesk desk(Provisioning provisioning) throws IOException {
            return EnrolmentDesk.at(provisioning);
        }

        @Override
        public RenewalDesk renewals(Provisioning provisioning) throws IOException {
            return RenewalDesk.at(provisioning);
        }

        @Override
        public Uplink uplink(Identity identity, HostKey key) {
            return Uplink.connect(identity, key);
        }

        @Override
        public OrderSource orders(Identity identity, HostKey key, Consumer<OrderRecord> receiver) {
            return OrderSource.follow(identity, key, receiver);
        }
    }
}
