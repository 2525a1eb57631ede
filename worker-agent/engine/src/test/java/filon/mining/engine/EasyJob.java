package filon.mining.engine;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Works without end for sha256d, of a target that a million hashes meet once. */
final class EasyJob implements PoolJob {
    private static final PoolAddress POOL = PoolAddress.of("stratum+tcp://pool.example.com:3333");
    private static final Target TARGET = Target.of(BigInteger.ONE.shiftLeft(236));

    private int drawn;

    @Override
    public String id() {
        return "easy";
    }

    @Override
    public PoolAddress pool() {
        return POOL;
    }

    @Override
    public Target target() {
        return TARGET;
    }

    @Override
    public long receivedNanos() {
        return 0;
    }

    @Override
    public boolean isClean() {
        return true;
    }

    @Override
    public synchronized Optional<PoolWork> next() {
        byte[] prefix = new byte[76];
        prefix[0] = (byte) drawn;
        prefix[1] = (byte) (drawn++ >> Byte.SIZE);
        return Optional.of(new EasyWork(this, new Work(Header.of(prefix), TARGET)));
    }

    private record EasyWork(PoolJob job, Work work) implements PoolWork {
        @Override
        public NonceSpace nonces() {
            return NonceSpace.ofBits(Integer.SIZE);
        }

        @Override
        public Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
            return new Share(1, 0, POOL, job.id(), header, work.target(), foundNanos, List.of());
        }
    }
}
