package filon.simulation.wipe;

import filon.agent.disk.Disk;
import filon.agent.engine.EngineRun;
import filon.agent.wipe.WipeFolder;
import filon.agent.wipe.WipeLauncher;
import filon.mining.burnin.Check;
import filon.mining.burnin.DeviceResult;
import filon.mining.device.Device;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.WorkloadExit;
import filon.plumbing.codec.MessageCodec;
import filon.simulation.device.SimulatedDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A wipe without a process: lives by steps, ends with the engine's codes after a second; on a device that hangs never. One thread steps it; the
 * agent's kills and looks.
 */
final class SimulatedWipe implements EngineRun {
    private static final Logger LOG = Logger.getLogger(SimulatedWipe.class);
    private static final Duration LENGTH = Duration.ofSeconds(1);
    private static final long RESULT_BYTES = 4_096;
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private final ProcessRecord record;
    private final SimulatedDevice device;
    private final WipeFolder folder;
    private final Disk disk;
    private volatile boolean isKilled;
    private volatile Optional<Integer> exit = Optional.empty();
    private Duration done = Duration.ZERO;

    SimulatedWipe(ProcessRecord record, SimulatedDevice device, WipeFolder folder, Disk disk) {
        this.record = record;
        this.device = device;
        this.folder = folder;
        this.disk = disk;
    }

    @Override
    public ProcessRecord record() {
        return record;
    }

    @Override
    public boolean isAlive() {
        return exit.isEmpty();
    }

    @Override
    public void askToEnd() {
        isKilled = true;
    }

    @Override
    public void kill() {
        isKilled = true;
    }

    @Override
    public Optional<Integer> exitCode() {
        return exit;
    }

    SimulatedDevice device() {
        return device;
    }

    /** Lets the time since the last step pass. @return whether the device was at work */
    boolean step(Duration now, Duration elapsed) {
        if (!isAlive() || !isKilled && device.isHung(now)) {
            return false;
        }
        if (isKilled) {
            exit = Optional.of(KILLED);
            return false;
        }
        done = done.plus(elapsed);
        if (done.compareTo(LENGTH) >= 0) {
            end(device.isPresent(now));
        }
        return true;
    }

    private void end(boolean isThere) {
        try {
            disk.requireRoom(RESULT_BYTES);
            Files.writeString(folder.results(), MessageCodec.json(result(isThere)) + "\n");
            exit = Optional.of(isThere ? WipeLauncher.PASSED : WorkloadExit.DEVICE.code());
        } catch (IOException e) {
            LOG.warnf("Simulated wipe %d cannot write its result: %s", record.pid(), e.getMessage());
            exit = Optional.of(WorkloadExit.FAULT.code());
        }
    }

    private DeviceResult result(boolean isThere) {
        Device described = device.description();
        String detail = isThere ? "a simulated device has no memory to overwrite" : "it is not there any more";
        return new DeviceResult(
                described.index(),
                described.name(),
                described.driver(),
                described.pciId(),
                isThere,
                List.of(new Check("wipe", isThere, detail, done.toMillis() / 1000.0)),
                List.of());
    }
}
