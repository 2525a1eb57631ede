package filon.mining.pool.stratum2;

import filon.mining.algorithm.Header;
import filon.mining.pool.stratum2.message.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The headers of one job but for their nonces, each handed out once: one for each version that may be chosen, then the same for the next
 * second of header time.
 *
 * <p>Safe for any thread.
 */
final class HeaderRoom {
    /** The bits of a version that BIP 320 leaves to miners. */
    static final int ROLLED_BITS = 0x1fffe000;

    static final int TIME_ROLL_SECONDS_MAX = 600;
    private static final int PREFIX_LENGTH = 76;
    private static final long TIME_MAX = 0xffffffffL;

    private final Template template;
    private final int mask;
    private long time;
    private long lastTime;
    private long versionIndex;

    /** What the pool fixed, each as in a block's header. */
    record Template(long version, ByteString previousHash, ByteString merkleRoot, long bits) {}

    /** One header, and what we chose for it. */
    record Draw(Header header, long version, long time) {}

    /** @param mask the bits of the version that may be chosen; none: 0 */
    HeaderRoom(Template template, int mask, long minTime) {
        this.template = template;
        this.mask = mask;
        this.time = minTime;
        this.lastTime = lastTime(minTime);
    }

    private static long lastTime(long minTime) {
        return Math.min(TIME_MAX, minTime + TIME_ROLL_SECONDS_MAX);
    }

    Template template() {
        return template;
    }

    /** The pool allows earlier times no more, and later ones instead. */
    synchronized void notBefore(long minTime) {
        if (minTime > time) {
            time = minTime;
            versionIndex = 0;
        }
        lastTime = Math.max(lastTime, lastTime(minTime));
    }

    synchronized Optional<Draw> next() {
        if (versionIndex == 1L << Integer.bitCount(mask)) {
            time++;
            versionIndex = 0;
        }
        if (time > lastTime) {
            return Optional.empty();
        }
        // the pool's own version comes first
        long version = template.version() ^ Integer.expand((int) versionIndex, mask);
        versionIndex++;
        return Optional.of(new Draw(header(version), version, time));
    }

    /** version | previous hash | merkle root | time | bits, each number little-endian. */
    private Header header(long version) {
        return Header.of(ByteBuffer.allocate(PREFIX_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) version)
                .put(template.previousHash().bytes())
                .put(template.merkleRoot().bytes())
                .putInt((int) time)
                .putInt((int) template.bits())
                .array());
    }
}
