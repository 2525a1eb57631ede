package filon.agent.engine;

import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of the engine: one that this agent started, or one that an earlier agent left running.
 *
 * @param child present only when this agent is its parent, who alone learns the exit code
 */
public record LiveProcess(ProcessHandle handle, Optional<Process> child, Instant startedAt) implements EngineRun {
    /** Start times are derived from the boot time, which the system corrects by a second when its clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    /** One that has just been started; one that is gone already has no start any more, and is never found again. */
    public static LiveProcess of(Process child) {
        Instant startedAt = child.info().startInstant().orElse(Instant.EPOCH);
        return new LiveProcess(child.toHandle(), Optional.of(child), startedAt);
    }

    /** The process of the record, if it still is that very one. */
    public static Optional<LiveProcess> of(ProcessRecord record) {
        return ProcessHandle.of(record.pid())
                .map(handle -> new LiveProcess(handle, Optional.empty(), record.startInstant()))
                .filter(process -> process.startedWhenRecorded() && process.isAlive());
    }

    private boolean startedWhenRecorded() {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
    }

    @Override
    public ProcessRecord record() {
        return new ProcessRecord(handle.pid(), startedAt);
    }

    @Override
    public void askToEnd() {
        handle.destroy();
    }

    @Override
    public void kill() {
        handle.destroyForcibly();
    }

    /** Whether it still runs; one that ended and waits for its parent to notice does not. */
    @Override
    public boolean isAlive() {
        return handle.isAlive() && !isZombie();
    }

    private boolean isZombie() {
        if (child.isPresent()) {
            return false;
        }
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(handle.pid()), "stat"), StandardCharsets.ISO_8859_1);
            String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
            return state.startsWith("Z") || state.startsWith("X");
        } catch (IOException e) {
            return false; // no such file system: the handle's word must do
        }
    }

    @Override
    public Optional<Integer> exitCode() {
        return child.filter(process -> !process.isAlive()).map(Process::exitValue);
    }
}
