package filon.mining.workload;

import filon.contracts.value.HashRate;
import filon.mining.engine.MiningState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A workload without a device: takes the lock, writes the files, "runs" until asked to end or not authorised any more. */
public final class FakeWorkloadMain {
    private static final long STEP_MILLIS = 50;
    private final WorkloadDirectory directory;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private FakeWorkloadMain(WorkloadDirectory directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        WorkloadDirectory directory = new WorkloadDirectory(Path.of(arguments[0]));
        try (FileChannel channel =
                        FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.exit(WorkloadExit.LOCKED.code());
            }
            directory.write(ProcessRecord.ofThisProcess());
            System.exit(new FakeWorkloadMain(directory).run());
        }
    }

    private int run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        directory.specification();
        Instant since = Instant.now();
        try (MeterPen pen = MeterPen.on(directory.meter())) {
            long from = System.nanoTime();
            boolean isLast = false;
            while (!isLast) {
                isLast = asked.await(STEP_MILLIS, TimeUnit.MILLISECONDS) || isExpired();
                long to = System.nanoTime();
                pen.write(
                        "boot",
                        from,
                        to,
                        System.currentTimeMillis(),
                        MiningState.RUNNING,
                        isLast,
                        List.of(MeterPen.share(to, "00".repeat(80), "accepted")));
                from = to;
                directory.write(new WorkloadStatus(
                        MiningState.RUNNING, "hashing", since, new HashRate(1_000), pen.counters(), "fake", ""));
            }
        }
        ended.countDown();
        return asked.getCount() == 0 ? 0 : WorkloadExit.AUTHORISATION_EXPIRED.code();
    }

    private boolean isExpired() throws IOException {
        Optional<Authorisation> authorisation = directory.authorisation();
        return authorisation.isEmpty() || !authorisation.get().authorisedUntil().isAfter(Instant.now());
    }

    private void end() {
        asked.countDown();
        try {
            if (!ended.await(Duration.ofSeconds(3).toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("the fake workload did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
