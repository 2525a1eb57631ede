package filon.mining.burnin;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.DeviceKind;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A megabyte or so of the first device. */
class MemoryTrialTest {
    private static final long BYTES = 1L << 20;
    private static final int WORD = 4_242;

    private OpenClContext context;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    @Test
    void passesMemoryThatHoldsEveryPattern() {
        // When
        Check check = new MemoryTrial(progress::add).run(context, BYTES);

        // Then
        assertThat(check.passed()).as(check.detail()).isTrue();
        assertThat(check.detail()).contains("1,048,576 bytes in 1 block", "26 patterns", "left as zeros");
        assertThat(progress).hasSize(26);
        assertThat(context.memoryBytesTaken()).isZero();
    }

    @Test
    void failsMemoryInWhichOneWordIsAnotherThanWasWrittenAndSaysWhere() {
        // Given
        MemoryTrial struck = new MemoryTrial(progress::add, (blocks, pattern) -> {
            if (pattern.kind() == MemoryPattern.Kind.RANDOM && pattern.isInverted()) {
                blocks.block(0).write(WORD * Integer.BYTES, ByteBuffer.allocateDirect(Integer.BYTES));
            }
        });

        // When
        Check check = struck.run(context, BYTES);

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.detail())
                .startsWith("1 words of 1,048,576 bytes")
                .contains("random 46696c6f inverted", "first at byte 16,968 ", "00000000 found");
    }

    @Test
    void failsAWipeThatLeavesAWord() {
        // Given
        MemoryTrial struck = new MemoryTrial(progress::add, (blocks, pattern) -> blocks.block(0)
                .write(0, ByteBuffer.allocateDirect(Byte.BYTES).put(0, (byte) 1)));

        // When
        Check check = struck.wipe(context, BYTES);

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).contains("pattern zeros", "first at byte 0 ", "00000000 expected");
    }

    @Test
    void findsTwoAddressesThatLeadToOneCell() {
        // Given
        MemoryPattern addresses = new MemoryPattern(MemoryPattern.Kind.ADDRESS, 0, false);
        try (MemoryBlocks blocks = new MemoryBlocks(context, BYTES, BYTES / 2)) {
            blocks.write(addresses);

            // When
            blocks.block(1).write(0, ByteBuffer.wrap(blocks.block(0).read(0, (int) (BYTES / 2))));

            // Then
            assertThat(blocks.count()).isEqualTo(2);
            assertThat(blocks.check(addresses)).map(MemoryBlocks.Wrong::words).contains(BYTES / 2 / Integer.BYTES);
        }
    }

    @Test
    void looksAtWholeBlocksWithinTheLargestAllocation() {
        // When
        try (MemoryBlocks blocks = new MemoryBlocks(context, BYTES + 100, BYTES / 4)) {

            // Then
            assertThat(blocks.count()).isEqualTo(5);
            assertThat(blocks.bytes()).isEqualTo(BYTES + 64);
        }
    }

    @Test
    void lessThanHalfOfWhatWasWantedIsTooLittleToSayAnything() {
        assertThat(MemoryTrial.isTooLittle(BYTES / 2 - 1, BYTES)).isTrue();
        assertThat(MemoryTrial.isTooLittle(BYTES / 2, BYTES)).isFalse();
    }

    @Test
    void takesLittleOfAHostsOwnMemoryAndMuchOfAGpus() {
        assertThat(MemoryTrial.bytesWanted(device(DeviceKind.CPU, 64L << 30), 80))
                .isEqualTo(256L << 20);
        assertThat(MemoryTrial.bytesWanted(device(DeviceKind.CPU, 100L << 20), 80))
                .isEqualTo(80L << 20);
        assertThat(MemoryTrial.bytesWanted(device(DeviceKind.GPU, 100L << 30), 80))
                .isEqualTo(80L << 30);
    }

    private static Device device(DeviceKind kind, long memoryBytes) {
        return new Device(0, "p", "n", "v", "1", kind, memoryBytes, memoryBytes, 1, 1, 1, Optional.empty());
    }
}
