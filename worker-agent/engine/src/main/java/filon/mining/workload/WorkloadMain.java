package filon.mining.workload;

import filon.mining.device.DeviceAbsentException;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.SignalChaining;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process that a worker agent launches, one per device: {@code WorkloadMain DIRECTORY}. It exits with the code of a
 * {@link WorkloadExit}, after one line on standard error that says why.
 */
public final class WorkloadMain {
    private static final long END_MILLIS_MAX = 1_900;

    private WorkloadMain() {}

    public static void main(String[] arguments) {
        EventLog events = new EventLog(System.err, Clock.systemUTC());
        if (arguments.length != 1 || !Files.isDirectory(Path.of(arguments[0]))) {
            events.line("usage: WorkloadMain DIRECTORY (an existing one)");
            System.exit(WorkloadExit.SPECIFICATION.code());
        }
        SignalChaining.doubt().ifPresent(events::line);
        WorkloadExit exit = locked(new WorkloadDirectory(Path.of(arguments[0])), events);
        System.exit(exit.code());
    }

    private static WorkloadExit locked(WorkloadDirectory directory, EventLog events) {
        try (FileChannel channel =
                        FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel).orElse(null)) {
            if (lock == null) {
                events.line("another workload serves " + directory.path());
                return WorkloadExit.LOCKED;
            }
            directory.write(ProcessRecord.ofThisProcess());
            return specified(directory, events);
        } catch (IOException e) {
            events.line("cannot use " + directory.path() + ": " + e.getMessage());
            return WorkloadExit.FAULT;
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static WorkloadExit specified(WorkloadDirectory directory, EventLog events) throws IOException {
        WorkloadSpecification specification;
        try {
            specification = directory.specification();
        } catch (IOException e) {
            events.line("the specification is unusable: " + e.getMessage());
            return WorkloadExit.SPECIFICATION;
        }
        try (MeterLog log = MeterLog.open(directory.meter())) {
            Workload workload =
                    new Workload(directory, specification, log, events, Clock.systemUTC(), System::nanoTime);
            return running(workload, events);
        }
    }

    private static WorkloadExit running(Workload workload, EventLog events) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> haltAfter(workload, ended), "on-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        WorkloadExit exit = WorkloadExit.FAULT;
        try {
            exit = workload.run(new SecureRandom());
        } catch (DeviceAbsentException | OpenClException e) {
            events.line("no device: " + firstLine(e));
            exit = WorkloadExit.DEVICE;
        } catch (IllegalArgumentException e) {
            events.line("the specification is unusable: " + firstLine(e));
            exit = WorkloadExit.SPECIFICATION;
        } finally {
            ended.countDown();
            events.out().flush();
        }
        removed(onSignal);
        return exit;
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs already and ends the process
        }
    }

    /** A signal ends the run, then the process: code 0, not the 143 of an unhandled one; a hung device delays nothing. */
    private static void haltAfter(Workload workload, CountDownLatch ended) {
        workload.end();
        try {
            boolean inTime = ended.await(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inTime ? WorkloadExit.ASKED.code() : WorkloadExit.FAULT.code());
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(WorkloadExit.FAULT.code());
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
