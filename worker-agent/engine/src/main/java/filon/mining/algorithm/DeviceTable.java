package filon.mining.algorithm;

import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of items of one size on a device, in as many pieces as its largest allocation demands.
 *
 * <p>Every piece but the last holds {@link #itemsPerPiece()} items, a power of two, so that a kernel finds item i in piece
 * {@code i >> shift()} at {@code i & (itemsPerPiece - 1)}. Belongs to its context's thread.
 */
public final class DeviceTable implements AutoCloseable {
    /** Kernels take this many pieces as arguments; those that are not there are the first once more. */
    public static final int PIECES_MAX = 8;

    private final long items;
    private final int itemBytes;
    private final int shift;
    private final List<OpenClMemory> pieces = new ArrayList<>();

    /**
     * @param itemBytes a power of two
     * @param pieceBytesMax no piece is larger: the device's limit, or less in tests
     * @throws OutOfDeviceMemoryException if the device has no room for it
     */
    public DeviceTable(OpenClContext context, long items, int itemBytes, long pieceBytesMax) {
        this.items = items;
        this.itemBytes = itemBytes;
        this.shift = shift(items, itemBytes, pieceBytesMax);
        long pieceCount = Math.ceilDiv(items, itemsPerPiece());
        if (pieceCount > PIECES_MAX || items * itemBytes > context.memoryBytesLeft()) {
            throw new OutOfDeviceMemoryException("a table of " + items * itemBytes + " bytes does not fit "
                    + context.deviceName() + ", which has " + context.memoryBytesLeft() + " bytes left and gives "
                    + pieceBytesMax + " in one piece, of which a table has " + PIECES_MAX + " at most");
        }
        try {
            for (long first = 0; first < items; first += itemsPerPiece()) {
                pieces.add(context.memory(Math.min(itemsPerPiece(), items - first) * itemBytes));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** One piece where it may be so; else the largest power of two of items that is no larger than the limit. */
    private static int shift(long items, int itemBytes, long pieceBytesMax) {
        if (items * itemBytes <= pieceBytesMax) {
            return Long.SIZE - Long.numberOfLeadingZeros(items - 1);
        }
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(pieceBytesMax / itemBytes);
    }

    public long items() {
        return items;
    }

    public int pieceCount() {
        return pieces.size();
    }

    /** The build options of a kernel that reads this table. */
    public String options() {
        return "-D PIECE_COUNT=" + pieceCount() + " -D PIECE_SHIFT=" + (pieceCount() == 1 ? 0 : shift);
    }

    /** How far an item's number is shifted to the right to get the number of its piece. */
    public int shift() {
        return shift;
    }

    public long itemsPerPiece() {
        return 1L << shift;
    }

    /** Sets {@link #PIECES_MAX} arguments of a kernel, from this index on. */
    public void setArguments(OpenClKernel kernel, int index) {
        for (int i = 0; i < PIECES_MAX; i++) {
            kernel.setMemory(index + i, pieces.get(i < pieces.size() ? i : 0));
        }
    }

    /** Writes one item. */
    public void write(long item, ByteBuffer data) {
        pieceOf(item).write(offset(item), data);
    }

    /** One item, read back after all that was queued before. */
    public byte[] read(long item) {
        return pieceOf(item).read(offset(item), itemBytes);
    }

    OpenClMemory piece(int number) {
        return pieces.get(number);
    }

    long pieceBytes(int number) {
        return pieces.get(number).bytes();
    }

    private OpenClMemory pieceOf(long item) {
        return piece(Math.toIntExact(item >> shift));
    }

    private long offset(long item) {
        return (item & (itemsPerPiece() - 1)) * itemBytes;
    }

    @Override
    public void close() {
        pieces.forEach(OpenClMemory::close);
        pieces.clear();
    }
}
