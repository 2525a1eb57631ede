package filon.agent.meter;

import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.RentalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads an agent's metering log; changes nothing and may run beside the agent.
 *
 * <p>The log is a folder of numbered segments; trimmed ones are deleted, or kept in {@code archive/} where the agent is told so.
 * A torn end, as a crash leaves it, is not part of the log.
 */
public final class MeteringLog {
    private static final String ARCHIVE = "archive";
    private final Path directory;

    private MeteringLog(Path directory) {
        this.directory = directory;
    }

    /** @param agentHome the agent's {@code filon.agent.home} */
    public static MeteringLog of(Path agentHome) {
        return new MeteringLog(directory(agentHome));
    }

    static Path directory(Path agentHome) {
        return agentHome.resolve("metering");
    }

    /** All entries that are still on the disk, oldest first. */
    public List<LoggedReport> entries() throws IOException {
        List<LoggedReport> entries = new ArrayList<>();
        for (Path segment : segments(directory.resolve(ARCHIVE))) {
            entries.addAll(entries(segment));
        }
        for (Path segment : segments(directory)) {
            entries.addAll(entries(segment));
        }
        return List.copyOf(entries);
    }

    public List<UsageReport> reports() throws IOException {
        return entries().stream().map(LoggedReport::report).toList();
    }

    /** Milliseconds that the GPUs of a rental ran: per lease and GPU the union of the reported spans, summed. */
    public long runningMillis(RentalId rental) throws IOException {
        Map<String, List<Span>> spans = new TreeMap<>();
        reports().stream()
                .flatMap(report -> report.usage().stream())
                .filter(usage -> usage.rentalId().equals(rental))
                .forEach(usage -> spans.computeIfAbsent(usage.leaseId() + "/" + usage.gpuId(), key -> new ArrayList<>())
                        .addAll(usage.running()));
        return spans.values().stream().mapToLong(MeteringLog::unionMillis).sum();
    }

    private static long unionMillis(List<Span> spans) {
        long covered = 0;
        long end = Long.MIN_VALUE;
        for (Span span : spans.stream()
                .sorted(Comparator.comparingLong(Span::fromMillis))
                .toList()) {
            covered += Math.max(0, span.toMillis() - Math.max(end, span.fromMillis()));
            end = Math.max(end, span.toMillis());
        }
        return covered;
    }

    /** The segments of a folder in the order they were written; none where there is no folder. */
    static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> path.getFileName().toString().matches("\\d{10}\\.log"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    static Path archive(Path directory) {
        return directory.resolve(ARCHIVE);
    }

    private static List<LoggedReport> entries(Path segment) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(segment);
        } catch (NoSuchFileException e) {
            return List.of(); // trimmed since the folder was listed
        }
        List<LoggedReport> entries = new ArrayList<>();
        int offset = 0;
        for (var frame = LogFrame.decode(bytes, 0); frame.isPresent(); frame = LogFrame.decode(bytes, offset)) {
            entries.add(frame.get().report());
            offset += frame.get().length();
        }
        return entries;
    }
}
