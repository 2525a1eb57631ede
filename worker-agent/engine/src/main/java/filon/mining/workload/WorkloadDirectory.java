package filon.mining.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The files through which an agent and its workload process speak. Each is replaced as a whole, so that no reader sees half
 * of one, but the meter, which only grows.
 *
 * <p>In: {@code specification.json}, {@code authorisation.json}. Out: {@code lock}, {@code process.json}, {@code meter.jsonl},
 * {@code sent.jsonl}, {@code status.json}.
 */
public record WorkloadDirectory(Path path) {
    public Path lock() {
        return path.resolve("lock");
    }

    public Path meter() {
        return path.resolve("meter.jsonl");
    }

    public void write(WorkloadSpecification specification) throws IOException {
        replace("specification.json", specification);
    }

    public void write(Authorisation authorisation) throws IOException {
        replace("authorisation.json", authorisation);
    }

    public void write(ProcessRecord process) throws IOException {
        replace("process.json", process);
    }

    public void write(WorkloadStatus status) throws IOException {
        replace("status.json", status);
    }

    /** @throws IOException if there is none or it cannot be understood */
    public WorkloadSpecification specification() throws IOException {
        return read("specification.json", WorkloadSpecification.class)
                .orElseThrow(() -> new NoSuchFileException(path.resolve("specification.json") + " is missing"));
    }

    public Optional<Authorisation> authorisation() throws IOException {
        return read("authorisation.json", Authorisation.class);
    }

    public Optional<ProcessRecord> process() throws IOException {
        return read("process.json", ProcessRecord.class);
    }

    public Optional<WorkloadStatus> status() throws IOException {
        return read("status.json", WorkloadStatus.class);
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        try {
            return Optional.of(WorkloadJson.MAPPER.readValue(Files.readAllBytes(path.resolve(name)), type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // the original message only: the full one quotes the source, and a specification holds passwords
            throw new IOException(name + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Readable by the owner alone, from the first byte on. */
    private void replace(String name, Object value) throws IOException {
        Path draft = path.resolve(name + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(WorkloadJson.MAPPER.writeValueAsBytes(value));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
