package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The loop over jobs small enough that every nonce of each can be counted. */
class ExhaustiveSearchTest {
    private static final int NONCE_BITS = 12;

    private final ProofOfWork sha256d = ProofsOfWork.of("sha256d");
    private final AtomicLong now = new AtomicLong();
    private final Tally tally = new Tally();
    private final JobBoard board = new JobBoard();
    private final List<Share> shares = new ArrayList<>();
    private final Map<String, Set<Long>> triedOf = new HashMap<>();
    private SearchLoop loop;
    private int repeated;

    /** Works of a few nonces each, so many of them; the first byte of the header tells them apart. */
    private static GivenJob smallJob(String id, long firstNonce, int workCount) {
        NonceSpace nonces = new NonceSpace(firstNonce, NONCE_BITS);
        return GivenJob.of(id, Target.ofHex("01"), nonces, drawn -> {
            byte[] prefix = new byte[76];
            prefix[0] = (byte) id.hashCode();
            prefix[1] = (byte) drawn;
            return drawn < workCount ? Optional.of(Header.of(prefix)) : Optional.empty();
        });
    }

    /** Notes each nonce it is given; what happens after a batch is the test's. */
    private final class NotingDevice implements Searcher {
        private final Runnable afterBatch;

        NotingDevice(Runnable afterBatch) {
            this.afterBatch = afterBatch;
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            Set<Long> tried = triedOf.computeIfAbsent(
                    work.header().prefix()[0] + "/" + work.header().prefix()[1], _ -> new HashSet<>());
            for (long i = 0; i < range.count(); i++) {
                if (!tried.add(range.first() + i)) {
                    repeated++;
                }
            }
            return () -> {
                now.addAndGet(5_000_000);
                afterBatch.run();
                return new BatchResult(range, List.of(), 0, 0, 0, 1);
            };
        }

        @Override
        public void giveUpBelow(int serial) {}

        @Override
        public int granularity() {
            return 16;
        }

        @Override
        public long batchLengthMax() {
            return 1 << 11;
        }

        @Override
        public void close() {}
    }

    private void run(Runnable afterBatch) {
        ProvedSearcher device =
                new ProvedSearcher(sha256d, new NotingDevice(afterBatch), new SplittableRandom(1), Optional.of(""));
        SearchLoop.Books books = new SearchLoop.Books(new StateBook(tally, now::get), tally, now::get);
        loop = new SearchLoop(device, board, books, shares::add, Duration.ofMillis(20));
        loop.run();
    }

    private void stopWhenTried(int nonces) {
        if (triedOf.values().stream().mapToInt(Set::size).sum() >= nonces) {
            loop.stop();
        }
    }

    @Test
    void triesEachNonceOfEachWorkOnceUntilTheJobIsUsedUp() {
        int all = 3 << NONCE_BITS;
        board.put(smallJob("a", 0, 3));

        run(() -> stopWhenTried(all));

        assertThat(repeated).isZero();
        assertThat(triedOf).hasSize(3);
        assertThat(triedOf.values()).allSatisfy(tried -> assertThat(tried).hasSize(1 << NONCE_BITS));
        assertThat(tally.hashes()).isEqualTo(all);
    }

    @Test
    void triesTheLastNoncesOf64BitsAndDoesNotWrap() {
        long first = -(1L << NONCE_BITS);
        board.put(smallJob("a", first, 1));

        run(() -> stopWhenTried(1 << NONCE_BITS));

        assertThat(repeated).isZero();
        assertThat(triedOf.values()).singleElement().satisfies(tried -> assertThat(tried)
                .hasSize(1 << NONCE_BITS)
                .contains(-1L, first)
                .doesNotContain(0L));
    }

    @Test
    void triesNoNonceTwiceWhileJobsChangeEveryFewBatches() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int[] jobs = {0};
        int[] batches = {0};
        board.put(smallJob("job 0", 0, 200));

        run(() -> {
            batches[0]++;
            if (random.nextInt(3) == 0) {
                board.put(smallJob("job " + ++jobs[0], (long) jobs[0] << NONCE_BITS, 200));
            }
            if (batches[0] == 2_000) {
                loop.stop();
            }
        });

        assertThat(repeated).as("seed %d", seed).isZero();
        assertThat(jobs[0]).isGreaterThan(500);
        assertThat(tally.hashes())
                .isEqualTo(triedOf.values().stream().mapToLong(Set::size).sum());
    }
}
