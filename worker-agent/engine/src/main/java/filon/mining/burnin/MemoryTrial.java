package filon.mining.burnin;

import filon.contracts.value.DeviceKind;
import filon.mining.device.Device;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Overwrites as much of a device's memory as it gives with one pattern after the other, and looks whether it holds them.
 *
 * <p>All blocks are written before any is checked: so it is also found where two addresses lead to one cell. The last pattern is zeros, checked
 * like the others: nothing of what was in this memory is left.
 */
final class MemoryTrial {
    /** Of a device whose memory is the host's own, as others need theirs. */
    static final long BYTES_ON_CPU_MAX = 256L << 20;

    private static final int ROUNDS = 4;
    private static final int SEED = 0x46696c6f;
    /** With less than this part of what was wanted, too little was looked at to say anything. */
    private static final double SHARE_MIN = 0.5;

    private final Consumer<String> progress;
    private final Disturbance disturbance;

    /** What happens to the memory between writing and checking: nothing, but in tests. */
    @FunctionalInterface
    interface Disturbance {
        Disturbance NONE = (blocks, pattern) -> {};

        void strike(MemoryBlocks blocks, MemoryPattern pattern);
    }

    MemoryTrial(Consumer<String> progress) {
        this(progress, Disturbance.NONE);
    }

    MemoryTrial(Consumer<String> progress, Disturbance disturbance) {
        this.progress = progress;
        this.disturbance = disturbance;
    }

    /** How much is wanted of this device's memory, that percentage of what it says to have. */
    static long bytesWanted(Device device, int percent) {
        long part = device.memoryBytes() / 100 * percent;
        return device.kind() == DeviceKind.CPU ? Math.min(part, BYTES_ON_CPU_MAX) : part;
    }

    /** Every pattern, the last of them zeros. */
    Check run(OpenClContext context, long bytesWanted) {
        return run("memory", context, bytesWanted, MemoryPattern.all(ROUNDS, SEED));
    }

    /** Zeros only. */
    Check wipe(OpenClContext context, long bytesWanted) {
        return run("wipe", context, bytesWanted, List.of(MemoryPattern.ZEROS));
    }

    private Check run(String name, OpenClContext context, long bytesWanted, List<MemoryPattern> patterns) {
        Stopwatch watch = Stopwatch.started();
        try (MemoryBlocks blocks =
                new MemoryBlocks(context, bytesWanted, context.description().allocationBytesMax())) {
            if (isTooLittle(blocks.bytes(), bytesWanted)) {
                return watch.failed(
                        name,
                        given(blocks) + " is all that the device gave of " + bytes(bytesWanted)
                                + ": another program holds its memory, or it has less than it says");
            }
            for (int i = 0; i < patterns.size(); i++) {
                MemoryPattern pattern = patterns.get(i);
                progress.accept(
                        name + ": " + pattern + ", " + (i + 1) + " of " + patterns.size() + " on " + given(blocks));
                Optional<MemoryBlocks.Wrong> wrong = wrong(blocks, pattern);
                if (wrong.isPresent()) {
                    return watch.failed(name, said(wrong.get(), pattern, blocks));
                }
            }
            return watch.passed(
                    name, given(blocks) + ", " + patterns.size() + " patterns: no word differs; left as zeros");
        }
    }

    static boolean isTooLittle(long bytesGiven, long bytesWanted) {
        return bytesGiven < bytesWanted * SHARE_MIN;
    }

    private Optional<MemoryBlocks.Wrong> wrong(MemoryBlocks blocks, MemoryPattern pattern) {
        blocks.write(pattern);
        disturbance.strike(blocks, pattern);
        return blocks.check(pattern);
    }

    private static String said(MemoryBlocks.Wrong wrong, MemoryPattern pattern, MemoryBlocks blocks) {
        return String.format(
                Locale.ROOT,
                "%,d words of %s differ with pattern %s, %s",
                wrong.words(),
                given(blocks),
                pattern,
                wrong.first());
    }

    private static String given(MemoryBlocks blocks) {
        return bytes(blocks.bytes()) + " in " + blocks.count() + (blocks.count() == 1 ? " block" : " blocks");
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }
}
