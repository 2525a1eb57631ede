package filon.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MinerTest {
    private static final String WORKER = "demo.1";
    private static final BigInteger DIFFICULTY_ONE = ShareCheck.targetOf(1);
    private static final BigInteger ANY_HASH = ShareCheck.targetOf(Double.MIN_NORMAL);

    static List<PublicBlock> blocks() throws IOException {
        return PublicBlock.all();
    }

    private static Miner at(PublicBlock block, BigInteger target) {
        Miner miner = new Miner(block.extranonce1());
        miner.subscribe();
        miner.authorise(WORKER);
        miner.send(block.job(), target, true);
        return miner;
    }

    private static PublicBlock genesis() throws IOException {
        return PublicBlock.all().getFirst();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void acceptsTheShareThatBecameAPublicBlock(PublicBlock block) {
        // When
        Miner.Verdict verdict = at(block, DIFFICULTY_ONE).judge(block.share(WORKER));

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Miner.Verdict.Accepted.class, accepted -> {
            assertThat(HexFormat.of().formatHex(accepted.header())).isEqualTo(block.header());
            assertThat(accepted.hash()).isEqualTo(PublicBlock.reversed(block.hash()));
        });
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void refusesTheSameShareTwice(PublicBlock block) {
        // Given
        Miner miner = at(block, DIFFICULTY_ONE);
        miner.judge(block.share(WORKER));

        // When // Then
        assertThat(codeOf(miner.judge(block.share(WORKER)))).isEqualTo(22);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void knowsTheSameShareAfterASecondSubscription(PublicBlock block) {
        // Given
        Miner miner = at(block, DIFFICULTY_ONE);
        miner.judge(block.share(WORKER));

        // When
        miner.send(block.job(), DIFFICULTY_ONE, true);

        // Then
        assertThat(codeOf(miner.judge(block.share(WORKER)))).isEqualTo(22);
    }

    @Test
    void acceptsAHashThatEqualsTheTargetAndRefusesTheNext() throws IOException {
        // Given
        PublicBlock block = genesis();
        BigInteger hash = new BigInteger(block.hash(), 16);

        // When // Then
        assertThat(at(block, hash).judge(block.share(WORKER))).isInstanceOf(Miner.Verdict.Accepted.class);
        assertThat(codeOf(at(block, hash.subtract(BigInteger.ONE)).judge(block.share(WORKER))))
                .isEqualTo(23);
    }

    @ParameterizedTest
    @CsvSource({
        "other.worker, frozen, 0104ffff, 495fab29, 7c2bac1d, 24",
        "demo.1, unknown, 0104ffff, 495fab29, 7c2bac1d, 21",
        "demo.1, frozen, 0104ff, 495fab29, 7c2bac1d, 20",
        "demo.1, frozen, 0104ffzz, 495fab29, 7c2bac1d, 20",
        "demo.1, frozen, 0104ffff, 495fab2, 7c2bac1d, 20",
        "demo.1, frozen, 0104ffff, 495fab28, 7c2bac1d, 20",
        "demo.1, frozen, 0104ffff, 495fc74a, 7c2bac1d, 20",
        "demo.1, frozen, 0104ffff, 495fab29, 7c2bac1d00, 20",
        "demo.1, frozen, 0104ffff, 495fab29, 7c2bac1e, 23",
        "demo.1, frozen, 0104ffff, 495fab2a, 7c2bac1d, 23",
        "demo.1, frozen, 00000000, 495fab29, 7c2bac1d, 23"
    })
    void refusesWhatIsAlmostThatShare(
            String worker, String job, String extranonce2, String time, String nonce, int code) throws IOException {
        // When
        Miner.Verdict verdict =
                at(genesis(), DIFFICULTY_ONE).judge(new Miner.Submission(worker, job, extranonce2, time, nonce));

        // Then
        assertThat(codeOf(verdict)).isEqualTo(code);
    }

    @Test
    void refusesAShareBeforeTheSubscription() throws IOException {
        // Given
        Miner miner = new Miner(genesis().extranonce1());
        miner.authorise(WORKER);

        // When // Then
        assertThat(codeOf(miner.judge(genesis().share(WORKER)))).isEqualTo(25);
    }

    @Test
    void forgetsTheOldestOfVeryManyJobs() {
        // Given
        Miner miner = subscribed();
        JobFactory jobs = new JobFactory(1, Clock.systemUTC());
        PoolJob first = jobs.nextBlock();
        miner.send(first, ANY_HASH, true);
        PoolJob last = first;

        // When
        for (int i = 0; i < 32; i++) {
            last = jobs.next();
            miner.send(last, ANY_HASH, false);
        }

        // Then
        assertThat(codeOf(miner.judge(share(first, 0)))).isEqualTo(21);
        assertThat(miner.judge(share(last, 0))).isInstanceOf(Miner.Verdict.Accepted.class);
    }

    @Test
    void remembersABoundedNumberOfShares() {
        // Given
        Miner miner = subscribed();
        JobFactory jobs = new JobFactory(1, Clock.systemUTC());
        PoolJob older = jobs.nextBlock();
        PoolJob newer = jobs.next();
        miner.send(older, ANY_HASH, true);
        miner.send(newer, ANY_HASH, false);
        miner.judge(share(older, 0));

        // When
        int accepted = 0;
        while (accepted <= 20_000 && miner.judge(share(newer, accepted)) instanceof Miner.Verdict.Accepted) {
            accepted++;
        }

        // Then
        assertThat(accepted).isEqualTo(20_000);
        assertThat(codeOf(miner.judge(share(newer, accepted)))).isEqualTo(20);
        assertThat(codeOf(miner.judge(share(newer, 0)))).isEqualTo(22);
        assertThat(codeOf(miner.judge(share(older, 1)))).isEqualTo(21);
    }

    @Test
    void refusesWorkersWithoutAUsableName() {
        Miner miner = subscribed();
        assertThat(miner.authorise(" ")).isFalse();
        assertThat(miner.authorise("x".repeat(129))).isFalse();
        assertThat(miner.authorise("refused.1")).isFalse();
        assertThat(miner.authorise("x".repeat(128))).isTrue();
    }

    @Test
    void theSameSeedMakesTheSameJobs() {
        // Given
        Clock clock = Clock.fixed(java.time.Instant.ofEpochSecond(1_800_000_000), java.time.ZoneOffset.UTC);
        JobFactory one = new JobFactory(7, clock);
        JobFactory same = new JobFactory(7, clock);
        JobFactory other = new JobFactory(8, clock);

        // When
        List<Object> job = one.nextBlock().notification(true);

        // Then
        assertThat(same.nextBlock().notification(true)).isEqualTo(job);
        assertThat(other.nextBlock().notification(true)).isNotEqualTo(job);
        assertThat(one.next().notification(false).get(1)).as("same block").isEqualTo(job.get(1));
        assertThat(one.nextBlock().notification(true).get(1)).as("next block").isNotEqualTo(job.get(1));
    }

    private static Miner subscribed() {
        Miner miner = new Miner(new byte[] {1, 2, 3, 4});
        miner.subscribe();
        miner.authorise(WORKER);
        return miner;
    }

    private static Miner.Submission share(PoolJob job, int nonce) {
        return new Miner.Submission(
                WORKER, job.id(), "00000000", String.format("%08x", job.time()), String.format("%08x", nonce));
    }

    private static int codeOf(Miner.Verdict verdict) {
        return verdict instanceof Miner.Verdict.Refused refused
                ? refused.error().code()
                : 0;
    }
}
