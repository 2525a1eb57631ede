package filon.agent.workload;

import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that serves a folder: one that this agent started, or one that an earlier agent left running.
 *
 * @param child present only when this agent is its parent, who alone learns the exit code
 */
record LiveProcess(ProcessHandle handle, Optional<Process> child) implements LiveWorkload {
    /** Start times are derived from the boot time, which the system corrects by a second when its clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    LiveProcess(Process child) {
        this(child.toHandle(), Optional.of(child));
    }

    /** The process of the record, if it still is that very one. */
    static Optional<LiveProcess> of(ProcessRecord record) {
        return ProcessHandle.of(record.pid())
                .filter(handle -> startedAt(handle, record.startInstant()))
                .map(handle -> new LiveProcess(handle, Optional.empty()))
                .filter(LiveProcess::isAlive);
    }

    private static boolean startedAt(ProcessHandle handle, Instant recorded) {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, recorded).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
    }

    @Override
    public long pid() {
        return handle.pid();
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
