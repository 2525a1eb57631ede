package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceTableTest {
    private OpenClContext context;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    private static byte[] item(int number) {
        return ByteBuffer.allocate(64).putInt(0, number).putInt(60, ~number).array();
    }

    @Test
    void keepsEveryItemInHoweverManyPieces() {
        for (long pieceBytesMax : new long[] {1 << 20, 64 * 100, 64 * 32, 64 * 17}) {
            try (DeviceTable table = new DeviceTable(context, 100, 64, pieceBytesMax)) {
                for (int i = 0; i < 100; i++) {
                    table.write(i, ByteBuffer.wrap(item(i)));
                }

                for (int i = 0; i < 100; i++) {
                    assertThat(table.read(i)).as("item %d", i).isEqualTo(item(i));
                }
                assertThat(table.itemsPerPiece() * 64)
                        .isLessThanOrEqualTo(Math.max(pieceBytesMax, table.pieceCount() == 1 ? 128 * 64 : 0));
            }
        }
    }

    @Test
    void isOnePieceWhereTheDeviceGivesOne() {
        try (DeviceTable table = new DeviceTable(context, 100, 64, 6_400)) {
            assertThat(table.pieceCount()).isEqualTo(1);
        }
        try (DeviceTable table = new DeviceTable(context, 100, 64, 6_399)) {
            assertThat(table.pieceCount()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatTheDeviceHasNoRoomForAndTakesNothing() {
        long before = context.memoryBytesLeft();
        long items = before / 64 + 1;

        assertThatThrownBy(() -> new DeviceTable(context, items, 64, Long.MAX_VALUE))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining(Long.toString(items * 64));
        assertThatThrownBy(() -> new DeviceTable(context, 100, 64, 64 * 8))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("8 at most");
        assertThat(context.memoryBytesLeft()).isEqualTo(before);
    }

    @Test
    void givesItsMemoryBack() {
        long before = context.memoryBytesLeft();

        new DeviceTable(context, 1_000, 64, 20_000).close();

        assertThat(context.memoryBytesLeft()).isEqualTo(before);
    }
}
