package filon.practice;

import static filon.practice.WireAssertions.assertRefused;
import static filon.practice.WireAssertions.assertServes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.book.Verdict;
import filon.practice.fault.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PracticePoolTest {
    /** About four thousand hashes per share. */
    private static final double EASY = 1e-6;

    private static final String WORKER = "demo.1";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private PracticeServer server;
    private PracticePool pool;

    @BeforeEach
    void start() throws IOException {
        // a clock that stands makes the same jobs in every run, and so the same shares
        server = PracticeServer.started(PracticeServer.Place.any(), Plan.ofSha256d(EASY), CLOCK, line -> {});
        pool = server.pool();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Test
    void answersTheSubscriptionBeforeDifficultyAndJob() throws IOException {
        try (WireMiner miner = new WireMiner(server.port())) {
            // When
            miner.line("{\"id\":\"s\",\"method\":\"mining.subscribe\",\"params\":[]}");

            // Then
            JsonNode reply = miner.next();
            assertThat(reply.path("id").asText()).isEqualTo("s");
            assertThat(reply.path("result").path(1).asText()).matches("[0-9a-f]{8}");
            assertThat(reply.path("result").path(2).asInt()).isEqualTo(4);
            JsonNode difficulty = miner.next();
            assertThat(difficulty.path("method").asText()).isEqualTo("mining.set_difficulty");
            assertThat(difficulty.path("params").path(0).asDouble()).isEqualTo(EASY);
            JsonNode job = miner.next();
            assertThat(job.path("method").asText()).isEqualTo("mining.notify");
            assertThat(job.path("params")).hasSize(9);
            assertThat(job.path("params").path(8).asBoolean()).isTrue();
        }
    }

    @Test
    void sendsJobsOfABlockTemplatesShape() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // When
            JsonNode job = miner.job().params();

            // Then
            byte[] start = HexFormat.of().parseHex(job.path(2).asText());
            byte[] rest = HexFormat.of().parseHex(job.path(3).asText());
            int script = start[41];
            assertThat(start).startsWith(1, 0, 0, 0, 1).hasSize(46);
            assertThat(start[42]).as("BIP 34: three bytes of height").isEqualTo((byte) 3);
            int sequence = 42 + script - start.length - 8;
            assertThat(List.of(rest[sequence], rest[sequence + 1], rest[sequence + 2], rest[sequence + 3]))
                    .as("the script's length leads to the input's sequence")
                    .containsOnly((byte) 0xff);
            assertThat(rest[sequence + 4]).as("outputs").isEqualTo((byte) 2);
            assertThat(job.path(3).asText()).contains("6a24aa21a9ed").endsWith("00000000");
            assertThat(job.path(4).size()).isBetween(0, 12);
            job.path(4).forEach(hash -> assertThat(hash.asText()).matches("[0-9a-f]{64}"));
            assertThat(job.path(1).asText()).matches("[0-9a-f]{64}");
            assertThat(job.path(5).asText()).isEqualTo("20000000");
        }
    }

    @Test
    void acceptsAShareAndKeepsIt() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // When
            WireMiner.Share share = miner.mine(miner.job(), 0);
            JsonNode answer = miner.submit(WORKER, share);

            // Then
            assertThat(answer.path("result").asBoolean()).isTrue();
            assertThat(answer.path("error").isNull()).isTrue();
            assertThat(pool.acceptedShares()).isEqualTo(1);
            Receipt kept = pool.shares().getLast();
            assertThat(kept.worker()).isEqualTo(WORKER);
            assertThat(kept.job()).isEqualTo(share.job());
            assertThat(kept.verdict()).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                byte[] hash = accepted.solution().hash();
                assertThat(Sha256d.hash(accepted.solution().header())).isEqualTo(hash);
                assertThat(Sha256d.number(hash))
                        .isLessThanOrEqualTo(accepted.solution().target());
            });
        }
    }

    @Test
    void refusesADuplicateWith22() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            WireMiner.Share share = miner.mine(miner.job(), 0);
            miner.submit(WORKER, share);
            assertRefused(miner.submit(WORKER, share), 22);
        }
    }

    @Test
    void refusesTooHighAHashWith23() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            assertRefused(miner.submit(WORKER, miner.miss(miner.job())), 23);
        }
    }

    @Test
    void refusesAnUnknownWorkerWith24() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            assertRefused(miner.submit("nobody", miner.mine(miner.job(), 0)), 24);
            JsonNode answer = miner.call("mining.authorize", "refused.1", "x");
            assertThat(answer.path("result").asBoolean(true)).isFalse();
            assertThat(answer.path("error").path(0).asInt()).isEqualTo(24);
        }
    }

    @Test
    void refusesAShareBeforeTheSubscriptionWith25() throws IOException {
        try (WireMiner miner = new WireMiner(server.port())) {
            miner.call("mining.authorize", WORKER, "x");
            assertRefused(miner.submit(WORKER, new WireMiner.Share("1", "00000000", "00000000", "00000000")), 25);
        }
    }

    @Test
    void refusesWhatIsNoShareWith20() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            WireMiner.Share good = miner.mine(miner.job(), 0);
            assertRefused(miner.call("mining.submit", WORKER, good.job()), 20);
            assertRefused(miner.submit(WORKER, new WireMiner.Share(good.job(), "00", good.time(), good.nonce())), 20);
            assertRefused(
                    miner.submit(WORKER, new WireMiner.Share(good.job(), good.extranonce2(), "00000000", good.nonce())),
                    20);
            assertRefused(
                    miner.submit(WORKER, new WireMiner.Share(good.job(), good.extranonce2(), good.time(), "no hex!!")),
                    20);
            assertThat(miner.submit(WORKER, good).path("result").asBoolean()).isTrue();
        }
    }

    @Test
    void anUnknownMethodGetsAnErrorAndTheConnectionGoesOn() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            assertRefused(miner.call("mining.unheard_of"), 20);
            assertThat(miner.call("mining.ping").path("result").asText()).isEqualTo("pong");
        }
    }

    @Test
    void grantsNoExtensionItDoesNotHave() throws IOException {
        try (WireMiner miner = new WireMiner(server.port())) {
            // When
            JsonNode granted = miner.call(
                            "mining.configure", List.of("info", "subscribe-extranonce"), java.util.Map.of())
                    .path("result");

            // Then
            assertThat(granted.path("info").asBoolean(true)).isFalse();
            assertThat(granted.path("subscribe-extranonce").asBoolean()).isTrue();
        }
    }

    @Test
    void earlierJobsCountUntilAJobIsClean() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // Given
            WireMiner.Job first = miner.job();
            pool.refreshJob();
            miner.awaitPush("mining.notify");
            WireMiner.Job second = miner.job();
            assertThat(second.isClean()).isFalse();
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.params().path(1)).isEqualTo(first.params().path(1));
            WireMiner.Share unsent = miner.mine(first, 1 << 20);

            // When
            JsonNode before = miner.submit(WORKER, miner.mine(first, 0));
            pool.newBlock();
            miner.awaitPush("mining.notify");

            // Then
            assertThat(before.path("result").asBoolean()).isTrue();
            assertThat(miner.job().isClean()).isTrue();
            assertThat(miner.job().params().path(1)).isNotEqualTo(first.params().path(1));
            assertRefused(miner.submit(WORKER, unsent), 21);
            assertRefused(miner.submit(WORKER, miner.mine(second, 0)), 21);
            assertThat(miner.submit(WORKER, miner.mine(miner.job(), 0))
                            .path("result")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aDifficultyCountsFromTheNextJobOn() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // Given
            WireMiner.Job easy = miner.job();
            miner.awaitPush("mining.set_difficulty");

            // When
            pool.setDifficulty(EASY * 8);
            miner.awaitPush("mining.set_difficulty");
            WireMiner.Share ofEasy = shareBelow(miner, easy, EASY * 8);
            JsonNode stillEasy = miner.submit(WORKER, ofEasy);
            pool.refreshJob();
            miner.awaitPush("mining.notify");
            WireMiner.Job hard = miner.job();

            // Then
            assertThat(stillEasy.path("result").asBoolean()).isTrue();
            assertThat(hard.difficulty()).isEqualTo(EASY * 8);
            WireMiner.Job asIfEasy = new WireMiner.Job(hard.params(), EASY);
            assertRefused(miner.submit(WORKER, shareBelow(miner, asIfEasy, EASY * 8)), 23);
            assertThat(miner.submit(WORKER, miner.mine(hard, 0)).path("result").asBoolean())
                    .isTrue();
        }
    }

    /** A share of the job's difficulty that is none at a harder one. */
    private static WireMiner.Share shareBelow(WireMiner miner, WireMiner.Job job, double harder) {
        WireMiner.Share share = miner.mine(job, 0);
        while (miner.mine(new WireMiner.Job(job.params(), harder), Integer.parseUnsignedInt(share.nonce(), 16))
                .equals(share)) {
            share = miner.mine(job, Integer.parseUnsignedInt(share.nonce(), 16) + 1);
        }
        return share;
    }

    @Test
    void givesEachConnectionAnExtranonceOfItsOwn() throws IOException {
        try (WireMiner one = WireMiner.of(server.port(), WORKER);
                WireMiner other = WireMiner.of(server.port(), WORKER)) {
            // When
            WireMiner.Share share = one.mine(one.job(), 0);

            // Then
            assertThat(one.extranonce1()).isNotEqualTo(other.extranonce1());
            assertRefused(other.submit(WORKER, share), 23);
            assertThat(one.submit(WORKER, share).path("result").asBoolean()).isTrue();
        }
    }

    @Test
    void countsSeveralMinersAtOnce() throws Exception {
        // Given
        int miners = 8;
        int shares = 5;

        // When
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> accepted = new ArrayList<>();
            for (int i = 0; i < miners; i++) {
                String worker = "rig." + i;
                accepted.add(all.submit(() -> minedBy(worker, shares)));
            }
            for (Future<Integer> one : accepted) {
                assertThat(one.get(120, TimeUnit.SECONDS)).isEqualTo(shares);
            }
        }

        // Then
        assertThat(pool.counts().accepted()).isEqualTo((long) miners * shares);
        assertThat(pool.counts().refusals(PoolError.DUPLICATE)).isEqualTo(miners);
        assertThat(pool.countsOf("rig.3").accepted()).isEqualTo(shares);
        assertThat(pool.countsOf("rig.3").refusals()).isEqualTo(1);
        assertThat(pool.countsOf("rig.99").accepted()).isZero();
    }

    private int minedBy(String worker, int shares) throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), worker)) {
            int accepted = 0;
            int nonce = 0;
            WireMiner.Share last = null;
            for (int i = 0; i < shares; i++) {
                last = miner.mine(miner.job(), nonce);
                nonce = Integer.parseUnsignedInt(last.nonce(), 16) + 1;
                accepted += miner.submit(worker, last).path("result").asBoolean() ? 1 : 0;
            }
            miner.submit(worker, last);
            return accepted;
        }
    }

    @Test
    void cutConnectionsComeBack() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // When
            pool.dropConnections();

            // Then
            assertThatThrownBy(() -> miner.awaitPush("mining.notify")).isInstanceOf(IOException.class);
        }
        assertServes(server);
    }

    @Test
    void saysNothingWhileSilent() throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            // When
            pool.inject(new Fault.Silence());
            pool.newBlock();
            pool.heal();
            pool.refreshJob();

            // Then
            miner.awaitPush("mining.notify");
            assertThat(miner.job().isClean())
                    .as("the block's own job was never sent")
                    .isFalse();
        }
    }

    @Test
    void startsAgainOnTheSamePort() throws IOException {
        // Given
        int port = server.port();
        WireMiner miner = WireMiner.of(port, WORKER);

        // When
        server.close();
        assertThatThrownBy(() -> miner.awaitPush("mining.notify")).isInstanceOf(IOException.class);
        server = PracticeServer.started(
                new PracticeServer.Place("127.0.0.1", port), Plan.ofSha256d(EASY), CLOCK, line -> {});

        // Then
        assertServes(server);
        miner.close();
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThatThrownBy(() -> PracticeServer.started(
                        new PracticeServer.Place("127.0.0.1", server.port()), Plan.ofSha256d(EASY), CLOCK, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void makesJobsByItselfWithACleanOneAmongThem() throws IOException {
        // Given
        try (PracticeServer busy = PracticeServer.started(
                PracticeServer.Place.any(),
                Plan.ofSha256d(EASY).withJobEvery(Duration.ofMillis(20)),
                CLOCK,
                line -> {})) {
            try (WireMiner miner = WireMiner.of(busy.port(), WORKER)) {
                // When
                List<Boolean> clean = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    miner.awaitPush("mining.notify");
                    clean.add(miner.job().isClean());
                }

                // Then
                assertThat(clean.stream().filter(one -> one)).as("every sixth").hasSize(2);
            }
        }
    }
}
