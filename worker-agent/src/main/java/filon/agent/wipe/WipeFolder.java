package filon.agent.wipe;

import filon.agent.disk.DurableFile;
import filon.contracts.value.GpuId;
import filon.mining.burnin.Check;
import filon.mining.burnin.DeviceResult;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one GPU's newest wipe: its record, and what its child printed. */
public record WipeFolder(Path path) {
    static WipeFolder of(Path wipes, GpuId gpu) throws IOException {
        return new WipeFolder(
                DurableFile.directory(wipes.resolve("gpu-" + gpu.value().replaceAll("[^A-Za-z0-9._-]", "_"))));
    }

    /** @throws IOException if a record is none: the agent must not guess what a GPU is owed */
    static List<WipeRecord> recordsIn(Path wipes) throws IOException {
        List<WipeRecord> records = new ArrayList<>();
        try (Stream<Path> folders = Files.list(wipes)) {
            for (Path folder : folders.sorted().toList()) {
                new WipeFolder(folder).read().ifPresent(records::add);
            }
        }
        return records;
    }

    private Optional<WipeRecord> read() throws IOException {
        Optional<byte[]> stored = file().read();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(stored.get(), WipeRecord.class));
        } catch (UnusableMessageException e) {
            throw new IOException("file " + file().path() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** On the disk when this returns. */
    void write(WipeRecord record) throws IOException {
        file().replace(MessageCodec.json(record).getBytes(StandardCharsets.UTF_8));
    }

    public Path results() {
        return path.resolve("results.jsonl");
    }

    Path progress() {
        return path.resolve("progress.log");
    }

    /** What the child found, if it came to an end. */
    Optional<DeviceResult> result() throws IOException {
        String printed = Files.readString(results());
        try {
            return printed.isBlank()
                    ? Optional.empty()
                    : Optional.of(MessageCodec.parse(printed.lines().findFirst().orElseThrow(), DeviceResult.class));
        } catch (UnusableMessageException e) {
            return Optional.empty();
        }
    }

    static String words(DeviceResult result) {
        return result.checks().stream()
                .map(Check::detail)
                .reduce((first, second) -> first + "; " + second)
                .orElse("nothing was checked");
    }

    private DurableFile file() {
        return new DurableFile(path.resolve("wipe.json"));
    }
}
