package filon.practice.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes jobs of a real block template's shape: a coinbase with the height first (BIP 34), a payout and a witness commitment
 * (BIP 141), and a merkle branch of a random depth. The same seed makes the same jobs; only the time comes from the clock.
 */
final class BlockTemplates {
    private static final int VERSION = 0x20000000;
    /** A network difficulty of about 10^14: no practice share is a block. */
    private static final int BITS = 0x1702905c;

    private static final long SUBSIDY_SATOSHI = 312_500_000L;
    private static final int BRANCH_MAX = 12;
    private static final byte[] TAG = "/filon practice/".getBytes(StandardCharsets.US_ASCII);
    private final SplittableRandom random;
    private final Clock clock;
    private byte[] previousHash;
    private int height;
    private int jobs;

    BlockTemplates(long seed, long firstHeight, Clock clock) {
        this.random = new SplittableRandom(seed);
        this.height = Math.toIntExact(firstHeight - 1);
        this.clock = clock;
    }

    /** The first job on top of a new block. */
    BlockTemplate nextBlock() {
        height++;
        previousHash = bytes(32);
        // a block's hash is below the target of BITS: the number's highest bytes, last in the header, are zero
        for (int i = 22; i < 32; i++) {
            previousHash[i] = 0;
        }
        return next();
    }

    /** Another job on the same block: other transactions, another time. */
    BlockTemplate next() {
        jobs++;
        List<byte[]> branch = new ArrayList<>();
        int depth = random.nextInt(BRANCH_MAX + 1);
        for (int i = 0; i < depth; i++) {
            branch.add(bytes(32));
        }
        return new BlockTemplate(
                Integer.toHexString(jobs),
                previousHash.clone(),
                coinbaseStart(),
                coinbaseEnd(),
                List.copyOf(branch),
                VERSION,
                BITS,
                clock.instant().getEpochSecond());
    }

    private byte[] coinbaseStart() {
        byte[] heightPush = {3, (byte) height, (byte) (height >> 8), (byte) (height >> 16)};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(littleEndian(4).putInt(1).array());
        bytes.write(1);
        bytes.writeBytes(new byte[32]);
        bytes.writeBytes(new byte[] {-1, -1, -1, -1});
        bytes.write(heightPush.length + ShareCheck.EXTRANONCE1_BYTES + ShareCheck.EXTRANONCE2_BYTES + TAG.length);
        bytes.writeBytes(heightPush);
        return bytes.toByteArray();
    }

    private byte[] coinbaseEnd() {
        long fees = random.nextLong(50_000_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(TAG);
        bytes.writeBytes(new byte[] {-1, -1, -1, -1});
        bytes.write(2);
        bytes.writeBytes(littleEndian(8).putLong(SUBSIDY_SATOSHI + fees).array());
        bytes.writeBytes(new byte[] {22, 0x00, 20});
        bytes.writeBytes(bytes(20));
        bytes.writeBytes(littleEndian(8).putLong(0).array());
        bytes.writeBytes(new byte[] {38, 0x6a, 36, (byte) 0xaa, 0x21, (byte) 0xa9, (byte) 0xed});
        bytes.writeBytes(bytes(32));
        bytes.writeBytes(new byte[4]);
        return bytes.toByteArray();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
