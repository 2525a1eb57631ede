package filon.agent.workload;

import filon.agent.disk.DurableFile;
import filon.contracts.value.GpuId;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.Authorisation;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.WorkloadDirectory;
import filon.mining.workload.WorkloadSpecification;
import filon.mining.workload.WorkloadStatus;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A workload's directory: the engine's own files, and beside them what the agent must know of it after its own restart. */
record WorkloadFolder(Path path) {
    private static final long OUTPUT_BYTES_MAX = 1 << 20;

    static WorkloadFolder of(Path workloads, WorkloadKey key) {
        return new WorkloadFolder(workloads.resolve(key.leaseId().toString()).resolve(name(key.gpuId())));
    }

    /** All folders that hold an assignment. */
    static List<WorkloadFolder> in(Path workloads) throws IOException {
        try (Stream<Path> paths = Files.walk(workloads, 3)) {
            return paths.filter(path -> path.endsWith("assignment.json"))
                    .map(path -> new WorkloadFolder(path.getParent()))
                    .sorted(Comparator.comparing(WorkloadFolder::path))
                    .toList();
        }
    }

    private static String name(GpuId gpu) {
        return "gpu-" + gpu.value().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    void prepare(Assignment assignment, DeviceSelector device) throws IOException {
        DurableFile.directory(path);
        Files.deleteIfExists(path.resolve("status.json"));
        directory()
                .write(new WorkloadSpecification(
                        assignment.key().leaseId(),
                        assignment.epoch(),
                        assignment.key().gpuId(),
                        device,
                        assignment.algorithm(),
                        assignment.pools(),
                        assignment.allowedAddresses(),
                        OptionalDouble.empty()));
        renew(assignment);
    }

    /** The assignment goes first: a crash between the two leaves an authorisation that is too short, never one too long. */
    void renew(Assignment assignment) throws IOException {
        new DurableFile(path.resolve("assignment.json"))
                .replace(MessageCodec.json(assignment).getBytes(StandardCharsets.UTF_8));
        directory().write(new Authorisation(assignment.authorisedUntil()));
    }

    Assignment assignment() throws IOException {
        try {
            return MessageCodec.parse(Files.readAllBytes(path.resolve("assignment.json")), Assignment.class);
        } catch (UnusableMessageException e) {
            throw new IOException("file " + path.resolve("assignment.json") + " is damaged: " + e.getMessage(), e);
        }
    }

    Optional<ProcessRecord> process() throws IOException {
        return directory().process();
    }

    Optional<WorkloadStatus> status() throws IOException {
        return directory().status();
    }

    Path output() {
        return path.resolve("output.log");
    }

    /** Keeps about the last two mebibytes of output; the process appends, so that cutting under it is safe. */
    void boundOutput() throws IOException {
        if (Files.exists(output()) && Files.size(output()) > OUTPUT_BYTES_MAX) {
            Files.copy(output(), path.resolve("output.log.1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(output(), StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        try (Stream<Path> siblings = Files.list(path.getParent())) {
            if (siblings.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(path.getParent());
    }

    private WorkloadDirectory directory() {
        return new WorkloadDirectory(path);
    }
}
