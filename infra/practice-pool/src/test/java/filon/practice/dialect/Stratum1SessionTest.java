package filon.practice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import filon.practice.book.Verdict;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Stratum1SessionTest {
    private static final String WORKER = "demo.1";
    private static final BigInteger DIFFICULTY_ONE = ShareCheck.targetOf(1);
    private static final BigInteger ANY_HASH = ShareCheck.targetOf(Double.MIN_NORMAL);

    static List<PublicBlock> blocks() throws IOException {
        return PublicBlock.all();
    }

    private static Stratum1Session at(PublicBlock block, BigInteger target) {
        Stratum1Session miner = session(block.extranonce1());
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
        Verdict verdict = at(block, DIFFICULTY_ONE).judge(block.share(WORKER));

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(HexFormat.of().formatHex(accepted.solution().header())).isEqualTo(block.header());
            assertThat(accepted.solution().hash()).isEqualTo(PublicBlock.reversed(block.hash()));
        });
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void refusesTheSameShareTwice(PublicBlock block) {
        // Given
        Stratum1Session miner = at(block, DIFFICULTY_ONE);
        miner.judge(block.share(WORKER));

        // When // Then
        assertThat(codeOf(miner.judge(block.share(WORKER)))).isEqualTo(22);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void knowsTheSameShareAfterASecondSubscription(PublicBlock block) {
        // Given
        Stratum1Session miner = at(block, DIFFICULTY_ONE);
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
        assertThat(at(block, hash).judge(block.share(WORKER))).isInstanceOf(Verdict.Accepted.class);
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
        Verdict verdict = at(genesis(), DIFFICULTY_ONE)
                .judge(new Stratum1Session.Submission(worker, job, extranonce2, time, nonce, ""));

        // Then
        assertThat(codeOf(verdict)).isEqualTo(code);
    }

    @Test
    void refusesAShareBeforeTheSubscription() throws IOException {
        // Given
        Stratum1Session miner = session(genesis().extranonce1());
        miner.authorise(WORKER);

        // When // Then
        assertThat(codeOf(miner.judge(genesis().share(WORKER)))).isEqualTo(25);
    }

    @Test
    void forgetsTheOldestOfVeryManyJobs() {
        // Given
        Stratum1Session miner = subscribed();
        BlockTemplates jobs = new BlockTemplates(1, 900_000, Clock.systemUTC());
        BlockTemplate first = jobs.nextBlock();
        miner.send(first, ANY_HASH, true);
        BlockTemplate last = first;

        // When
        for (int i = 0; i < 32; i++) {
            last = jobs.next();
            miner.send(last, ANY_HASH, false);
        }

        // Then
        assertThat(codeOf(miner.judge(share(first, 0)))).isEqualTo(21);
        assertThat(miner.judge(share(last, 0))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void remembersABoundedNumberOfShares() {
        // Given
        Stratum1Session miner = subscribed();
        BlockTemplates jobs = new BlockTemplates(1, 900_000, Clock.systemUTC());
        BlockTemplate older = jobs.nextBlock();
        BlockTemplate newer = jobs.next();
        miner.send(older, ANY_HASH, true);
        miner.send(newer, ANY_HASH, false);
        miner.judge(share(older, 0));

        // When
        int accepted = 0;
        while (accepted <= 20_000 && miner.judge(share(newer, accepted)) instanceof Verdict.Accepted) {
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
        Stratum1Session miner = subscribed();
        assertThat(miner.authorise(" ")).isFalse();
        assertThat(miner.authorise("x".repeat(129))).isFalse();
        assertThat(miner.authorise("refused.1")).isFalse();
        assertThat(miner.authorise("x".repeat(128))).isTrue();
    }

    @Test
    void theSameSeedMakesTheSameJobs() {
        // Given
        Clock clock = Clock.fixed(java.time.Instant.ofEpochSecond(1_800_000_000), java.time.ZoneOffset.UTC);
        BlockTemplates one = new BlockTemplates(7, 900_000, clock);
        BlockTemplates same = new BlockTemplates(7, 900_000, clock);
        BlockTemplates other = new BlockTemplates(8, 900_000, clock);

        // When
        List<Object> job = one.nextBlock().notification(true);

        // Then
        assertThat(same.nextBlock().notification(true)).isEqualTo(job);
        assertThat(other.nextBlock().notification(true)).isNotEqualTo(job);
        assertThat(one.next().notification(false).get(1)).as("same block").isEqualTo(job.get(1));
        assertThat(one.nextBlock().notification(true).get(1)).as("next block").isNotEqualTo(job.get(1));
    }

    private static Stratum1Session session(byte[] extranonce1) {
        return new Stratum1Session("5e551011", extranonce1, header -> {
            byte[] hash = ShareCheck.hash(header);
            return new Stratum1Session.Hashed(hash, ShareCheck.number(hash));
        });
    }

    private static Stratum1Session subscribed() {
        Stratum1Session miner = session(new byte[] {1, 2, 3, 4});
        miner.subscribe();
        miner.authorise(WORKER);
        return miner;
    }

    private static Stratum1Session.Submission share(BlockTemplate job, int nonce) {
        return new Stratum1Session.Submission(
                WORKER, job.id(), "00000000", String.format("%08x", job.time()), String.format("%08x", nonce), "");
    }

    private static int codeOf(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.error().code() : 0;
    }
}
