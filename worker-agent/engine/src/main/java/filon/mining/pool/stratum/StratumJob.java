package filon.mining.pool.stratum;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code mining.notify}, with the difficulty and the extranonce that were in force when it came. Hands out one header
 * per value of our extranonce, then, these used up, the same values again for the next second of header time.
 */
final class StratumJob implements PoolJob {
    static final int TIME_ROLL_SECONDS_MAX = 600;
    private static final int PREFIX_LENGTH = 76;

    private final Pool pool;
    private final Place place;
    private final JobNotice notice;
    private final Extranonce extranonce;
    private final Target target;
    private long drawn;

    /**
     * What tells a job of a session from its others.
     *
     * @param generation grows with each clean job
     * @param receivedNanos when its line was read
     */
    record Place(long sessionId, long generation, long receivedNanos) {}

    StratumJob(Pool pool, Place place, JobNotice notice, Extranonce extranonce, Target target) {
        this.pool = pool;
        this.place = place;
        this.notice = notice;
        this.extranonce = extranonce;
        this.target = target;
    }

    @Override
    public long receivedNanos() {
        return place.receivedNanos();
    }

    @Override
    public synchronized Optional<PoolWork> next() {
        long seconds = drawn / extranonce.count();
        if (seconds > TIME_ROLL_SECONDS_MAX) {
            return Optional.empty();
        }
        drawn++;
        byte[] ours = extranonce.next();
        int time = notice.time() + (int) seconds;
        return Optional.of(new HeaderWork(this, new Work(Header.of(prefix(ours, time)), target), ours, time));
    }

    /** version | previous hash | merkle root | time | bits, each number little-endian. */
    byte[] prefix(byte[] ours, int time) {
        ByteBuffer header = ByteBuffer.allocate(PREFIX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(notice.version());
        ByteBuffer swapped = ByteBuffer.wrap(notice.previousHash());
        while (swapped.hasRemaining()) {
            header.putInt(swapped.getInt());
        }
        header.put(merkleRoot(ours));
        header.putInt(time);
        header.putInt(notice.bits());
        return header.array();
    }

    private byte[] merkleRoot(byte[] ours) {
        byte[] root = doubleHash(notice.coinbaseStart(), extranonce.first(), ours, notice.coinbaseEnd());
        for (byte[] sibling : notice.branch()) {
            root = doubleHash(root, sibling);
        }
        return root;
    }

    private static byte[] doubleHash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String id() {
        return notice.id();
    }

    @Override
    public PoolAddress pool() {
        return pool.address();
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public boolean isClean() {
        return notice.clean();
    }

    /** One header of the job. */
    private record HeaderWork(StratumJob owner, Work work, byte[] ours, int time) implements PoolWork {
        @Override
        public PoolJob job() {
            return owner;
        }

        @Override
        public NonceSpace nonces() {
            return NonceSpace.ofBits(Integer.SIZE);
        }

        @Override
        public Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
            List<String> submission = List.of(
                    owner.pool.user(),
                    owner.id(),
                    HexFormat.of().formatHex(ours),
                    String.format(Locale.ROOT, "%08x", time),
                    String.format(Locale.ROOT, "%08x", nonce));
            return new Share(
                    owner.place.sessionId(),
                    owner.place.generation(),
                    owner.pool(),
                    owner.id(),
                    header,
                    owner.target,
                    foundNanos,
                    submission);
        }
    }
}
