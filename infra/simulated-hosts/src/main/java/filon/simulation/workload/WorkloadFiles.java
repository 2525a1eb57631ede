package filon.simulation.workload;

import filon.agent.disk.Disk;
import filon.contracts.value.HashRate;
import filon.mining.device.Readings;
import filon.mining.engine.MiningState;
import filon.mining.workload.Authorisation;
import filon.mining.workload.Counters;
import filon.mining.workload.MeterLog;
import filon.mining.workload.MeterRecord;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.ShareProof;
import filon.mining.workload.WorkloadDirectory;
import filon.mining.workload.WorkloadSpecification;
import filon.mining.workload.WorkloadStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A workload's folder, written as the engine writes it. Belongs to one thread. */
final class WorkloadFiles implements AutoCloseable {
    /** More than a record of one span takes. */
    private static final long RECORD_BYTES = 1_024;

    private final WorkloadDirectory directory;
    private final WorkloadSpecification specification;
    private final ProcessRecord server;
    private final MeterLog meter;
    private final Disk disk;
    private final Clock clock;
    private final String bootId;
    private long n;
    private Counters counters;

    private WorkloadFiles(Path path, Environment environment, long pid) throws IOException {
        this.directory = new WorkloadDirectory(path);
        this.disk = environment.disk();
        this.clock = environment.clock();
        this.bootId = environment.bootId();
        this.specification = directory.specification();
        this.server = new ProcessRecord(pid, clock.instant());
        this.meter = MeterLog.open(directory.meter());
        this.n = meter.lastOfPredecessor().map(MeterRecord::n).orElse(0L);
        this.counters = meter.lastOfPredecessor().map(MeterRecord::counters).orElse(Counters.NONE);
    }

    /** What the files are written on and dated by. */
    record Environment(Disk disk, Clock clock, String bootId) {}

    /** What a device did in a span of time. */
    record Span(long fromNanos, long toNanos, long hashes, HashRate rate, Readings readings) {}

    /** What a workload is doing. */
    record Doing(MiningState state, String reason, Instant since) {}

    static WorkloadFiles open(Path path, Environment environment, long pid) throws IOException {
        WorkloadFiles files = new WorkloadFiles(path, environment, pid);
        files.directory.write(files.server);
        return files;
    }

    /** Who serves the folder; it says so itself. */
    ProcessRecord server() {
        return server;
    }

    WorkloadSpecification specification() {
        return specification;
    }

    /** The number that the next record will have; no other record of this folder ever has it. */
    long nextNumber() {
        return n + 1;
    }

    Optional<Authorisation> authorisation() throws IOException {
        return directory.authorisation();
    }

    void append(Span span, Doing doing, List<ShareProof> shares, boolean isFinal) throws IOException {
        disk.requireRoom(RECORD_BYTES);
        counters = new Counters(
                counters.hashes() + span.hashes(),
                counters.accepted() + shares.size(),
                counters.rejected(),
                counters.stale(),
                counters.unanswered(),
                counters.hardwareErrors());
        n++;
        meter.append(new MeterRecord(
                n,
                bootId,
                span.fromNanos(),
                span.toNanos(),
                clock.millis(),
                doing.state(),
                doing.reason(),
                counters.hashes(),
                counters.accepted(),
                counters.rejected(),
                counters.stale(),
                counters.unanswered(),
                counters.hardwareErrors(),
                span.rate().hashesPerSecond(),
                span.readings().temperatureCelsius(),
                span.readings().powerMilliwatt(),
                span.readings().sensors(),
                isFinal,
                shares));
    }

    void tell(Doing doing, HashRate rate, String deviceName) throws IOException {
        disk.requireRoom(RECORD_BYTES);
        String pool = specification.pools().getFirst().address().toString();
        directory.write(
                new WorkloadStatus(doing.state(), doing.reason(), doing.since(), rate, counters, deviceName, pool));
    }

    @Override
    public void close() throws IOException {
        meter.close();
    }
}
