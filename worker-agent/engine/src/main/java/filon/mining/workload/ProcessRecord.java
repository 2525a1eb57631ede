package filon.mining.workload;

import java.time.Instant;

/** Which process serves a directory; pid and start together name one process even after pids are used again. */
public record ProcessRecord(long pid, Instant startInstant) {
    public static ProcessRecord ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessRecord(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Whether that very process still runs. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().orElse(Instant.EPOCH).equals(startInstant))
                .isPresent();
    }
}
