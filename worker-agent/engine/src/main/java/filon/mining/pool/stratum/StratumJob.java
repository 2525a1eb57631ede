package filon.mining.pool.stratum;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.JobTerms;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One {@code mining.notify}, with the difficulty and the extranonce that were in force when it came. Hands out one header
 * per value of our extranonce; these used up, the same values again for each other version that the pool allows; then all of that for
 * the next second of header time.
 */
final class StratumJob implements PoolJob {
    static final int TIME_ROLL_SECONDS_MAX = 600;
    private static final int PREFIX_LENGTH = 76;

    private final JobTerms terms;
    private final JobNotice notice;
    private final Room room;
    private final Drawn drawn;

    /** How far the headers of a notice are handed out, by whichever job; guarded by itself. */
    private static final class Drawn {
        private long seconds;
        private long versionIndex;
        private long extranonces;
        private int mask;
        private boolean isRolled;

        void nextSecond() {
            seconds++;
            versionIndex = 0;
            extranonces = 0;
        }
    }

    /** What we may choose. */
    record Room(Extranonce extranonce, VersionRoom versions) {}

    /** What we chose for one header. */
    record Choice(byte[] extranonce, int time, int mask, int versionBits) {}

    StratumJob(JobPlace place, JobNotice notice, Room room, Target target) {
        this(new JobTerms(place, notice.id(), target, notice.clean()), notice, room, new Drawn());
    }

    private StratumJob(JobTerms terms, JobNotice notice, Room room, Drawn drawn) {
        this.terms = terms;
        this.notice = notice;
        this.room = room;
        this.drawn = drawn;
    }

    /** Where the pool announced the same headers before, this job goes on at those that were not handed out. */
    StratumJob goingOnFrom(StratumJob before) {
        boolean isSame = notice.hasHeadersOf(before.notice) && room.extranonce() == before.room.extranonce();
        return isSame ? new StratumJob(terms, notice, room, before.drawn) : this;
    }

    @Override
    public JobTerms terms() {
        return terms;
    }

    @Override
    public Optional<PoolWork> next() {
        synchronized (drawn) {
            int mask = room.versions().mask();
            if (mask != drawn.mask && drawn.versionIndex > 0) {
                // the same index means other versions now, perhaps some that were used: on to headers that were not
                drawn.nextSecond();
            }
            drawn.mask = mask;
            if (drawn.extranonces == room.extranonce().count()) {
                drawn.extranonces = 0;
                drawn.versionIndex++;
            }
            if (drawn.versionIndex >= VersionRoom.count(mask)) {
                drawn.nextSecond();
            }
            return drawn.seconds > TIME_ROLL_SECONDS_MAX ? Optional.empty() : Optional.of(draw(mask));
        }
    }

    private PoolWork draw(int mask) {
        drawn.extranonces++;
        drawn.isRolled |= drawn.versionIndex > 0;
        Choice choice = new Choice(
                room.extranonce().next(),
                notice.time() + (int) drawn.seconds,
                mask,
                VersionRoom.bits(mask, drawn.versionIndex));
        return new HeaderWork(this, new Work(Header.of(prefix(choice)), target()), choice);
    }

    /** Whether headers of another version than the pool's were handed out: a mask that forbids them makes their shares worthless. */
    boolean hasRolledVersions() {
        synchronized (drawn) {
            return drawn.isRolled;
        }
    }

    /** The same job once more, which goes on at headers that were not handed out. */
    StratumJob again(JobPlace at) {
        synchronized (drawn) {
            drawn.nextSecond();
            drawn.isRolled = false;
        }
        return new StratumJob(new JobTerms(at, id(), target(), isClean()), notice, room, drawn);
    }

    /** version | previous hash | merkle root | time | bits, each number little-endian. */
    byte[] prefix(Choice choice) {
        ByteBuffer header = ByteBuffer.allocate(PREFIX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(notice.version() & ~choice.mask() | choice.versionBits());
        ByteBuffer swapped = ByteBuffer.wrap(notice.previousHash());
        while (swapped.hasRemaining()) {
            header.putInt(swapped.getInt());
        }
        header.put(merkleRoot(choice.extranonce()));
        header.putInt(choice.time());
        header.putInt(notice.bits());
        return header.array();
    }

    private byte[] merkleRoot(byte[] ours) {
        byte[] root = doubleHash(notice.coinbaseStart(), room.extranonce().first(), ours, notice.coinbaseEnd());
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

    /** One header of the job. */
    private record HeaderWork(StratumJob owner, Work work, Choice choice) implements PoolWork {
        @Override
        public PoolJob job() {
            return owner;
        }

        @Override
        public NonceSpace nonces() {
            return NonceSpace.ofBits(Integer.SIZE);
        }

        @Override
        public List<String> submission(long nonce, Digest digest) {
            List<String> submission = new ArrayList<>(List.of(
                    owner.terms.place().pool().user(),
                    owner.id(),
                    HexFormat.of().formatHex(choice.extranonce()),
                    HexFormat.of().toHexDigits(choice.time()),
                    HexFormat.of().toHexDigits((int) nonce)));
            if (owner.room.versions().isNegotiated()) {
                submission.add(HexFormat.of().toHexDigits(choice.versionBits()));
            }
            return submission;
        }
    }
}
