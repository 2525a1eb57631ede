package filon.mining.engine;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.JobTerms;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** A job whose works a test gives. */
final class GivenJob implements PoolJob {
    private static final Pool POOL = new Pool(PoolAddress.of("stratum+tcp://pool.example.com:3333"), "me", "x");

    private final JobTerms terms;
    private final NonceSpace nonces;
    private final IntFunction<Optional<Header>> headers;
    private final Predicate<Digest> wanted;
    private int drawn;

    /**
     * @param nonces of each work
     * @param headers of the first work, the second and so on; none where the job is used up
     * @param wanted the hashes that count
     */
    private GivenJob(
            JobTerms terms, NonceSpace nonces, IntFunction<Optional<Header>> headers, Predicate<Digest> wanted) {
        this.terms = terms;
        this.nonces = nonces;
        this.headers = headers;
        this.wanted = wanted;
    }

    /** Whose hashes all count. */
    static GivenJob of(String id, Target target, NonceSpace nonces, IntFunction<Optional<Header>> headers) {
        JobTerms terms = new JobTerms(new JobPlace(POOL, 1, 0, 0), id, target, true);
        return new GivenJob(terms, nonces, headers, _ -> true);
    }

    /** Works without end for sha256d, of a target that a million hashes meet once. */
    static GivenJob easy() {
        Target target = Target.of(BigInteger.ONE.shiftLeft(236));
        return of("easy", target, NonceSpace.ofBits(Integer.SIZE), drawn -> {
            byte[] prefix = new byte[76];
            prefix[0] = (byte) drawn;
            prefix[1] = (byte) (drawn >> Byte.SIZE);
            return Optional.of(Header.of(prefix));
        });
    }

    /** The same of which only these hashes count. */
    GivenJob wanting(Predicate<Digest> some) {
        return new GivenJob(terms, nonces, headers, some);
    }

    @Override
    public JobTerms terms() {
        return terms;
    }

    @Override
    public synchronized Optional<PoolWork> next() {
        return headers.apply(drawn++).map(header -> new GivenWork(this, new Work(header, target())));
    }

    private record GivenWork(GivenJob job, Work work) implements PoolWork {
        @Override
        public NonceSpace nonces() {
            return job.nonces;
        }

        @Override
        public boolean counts(Digest digest) {
            return job.wanted.test(digest);
        }

        @Override
        public List<String> submission(long nonce, Digest digest) {
            return List.of();
        }
    }
}
