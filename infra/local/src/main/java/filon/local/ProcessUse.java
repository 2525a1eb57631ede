package filon.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and its children have used, as Linux counts it.
 *
 * @param cpuMillis since they began
 * @param memoryMebibytes resident; pages that several share count for each its part
 */
record ProcessUse(long cpuMillis, long memoryMebibytes) {
    /** USER_HZ, which is 100 on all machines that Linux runs on today. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** Of a process that runs; children that end meanwhile are left out. */
    static ProcessUse of(long pid) throws IOException {
        ProcessHandle process =
                ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " does not run any more"));
        try {
            return Stream.concat(Stream.of(process), process.descendants())
                    .map(one -> ofOne(one.pid()))
                    .reduce(new ProcessUse(0, 0), ProcessUse::plus);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ProcessUse plus(ProcessUse other) {
        return new ProcessUse(cpuMillis + other.cpuMillis, memoryMebibytes + other.memoryMebibytes);
    }

    private static ProcessUse ofOne(long pid) {
        Path folder = Path.of("/proc", String.valueOf(pid));
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            return new ProcessUse(ticks * MILLIS_PER_TICK, memory(folder));
        } catch (NoSuchFileException e) {
            return new ProcessUse(0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long memory(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                    .sum();
        }
    }
}
