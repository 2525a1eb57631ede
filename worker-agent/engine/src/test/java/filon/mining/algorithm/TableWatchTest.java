package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of 80 MiB, whole and in two pieces: three and four parts to look at. */
class TableWatchTest {
    private static final long ITEMS = 5L << 20;
    private static final int ITEM_BYTES = 16;
    private static final long ROUND = TableWatch.ROUND.toNanos();

    private OpenClContext context;
    private DeviceTable table;
    private TableWatch watch;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        watch.close();
        table.close();
        context.close();
    }

    private void watchTable(long pieceBytesMax) {
        table = new DeviceTable(context, ITEMS, ITEM_BYTES, pieceBytesMax);
        watch = new TableWatch(context, table);
        boolean isRemembered;
        do {
            isRemembered = watch.remember();
        } while (!isRemembered);
    }

    private void flip(long item, int bit) {
        byte[] bytes = table.read(item);
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        table.write(item, ByteBuffer.wrap(bytes));
    }

    /** What a round and one more look find, looked at every second; the first of it. */
    private String found(long fromNanos) {
        for (long now = fromNanos; now < fromNanos + ROUND * 5 / 4; now += 1_000_000_000) {
            var damage = watch.inspect(now);
            if (damage.isPresent()) {
                return damage.get();
            }
        }
        return "nothing";
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5242879, 127", "4194304, 64", "4194303, 1", "2097152, 33"})
    void findsOneFlippedBitWithinARound(long item, int bit) {
        // Given
        watchTable(64L << 20);
        assertThat(found(0)).isEqualTo("nothing");

        // When
        flip(item, bit);

        // Then
        assertThat(found(10 * ROUND)).contains("of the table are not what they were");
    }

    @Test
    void findsAnyFlippedBitOfATableInOnePiece() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        watchTable(Long.MAX_VALUE);

        for (int i = 0; i < 20; i++) {
            long item = random.nextLong(ITEMS);
            int bit = random.nextInt(ITEM_BYTES * Byte.SIZE);
            flip(item, bit);
            assertThat(found(i * 10 * ROUND)).as("seed %d", seed).contains("piece 0");
            flip(item, bit);
            // what was begun before it was mended is told with the next look
            watch.inspect((i * 10L + 4) * ROUND);
            assertThat(found((i * 10L + 5) * ROUND)).as("seed %d", seed).isEqualTo("nothing");
        }
    }

    @Test
    void looksAtNothingBeforeItsTurn() {
        watchTable(Long.MAX_VALUE);
        watch.inspect(0);
        flip(0, 0);

        assertThat(watch.inspect(1)).isEmpty();
    }
}
