package filon.practice;

import static filon.practice.WireAssertions.assertRefused;
import static filon.practice.WireAssertions.assertServes;
import static filon.practice.WireAssertions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a miner may do wrong: the pool ends that connection at most, and serves the others. */
@Timeout(180)
class HostileMinerTest {
    private static final double EASY = 1e-6;
    private static final String WORKER = "demo.1";
    private static final int CONNECTIONS_MAX = 256;
    /** Lines of some 450 bytes; kernels buffer tens of megabytes at most. */
    private static final int MORE_THAN_BUFFERS_HOLD = 200_000;

    private PracticeServer server;
    private PracticePool pool;

    @BeforeEach
    void start() throws IOException {
        server = PracticeServer.started(
                PracticeServer.Place.any(),
                Plan.ofSha256d(EASY),
                Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
                line -> {});
        pool = server.pool();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"id\":1,\"method\":",
                "[1,2,3]",
                "42",
                "null",
                "{}",
                "{\"id\":1,\"method\":7,\"params\":[]}",
                "{\"id\":1,\"method\":\"mining.submit\",\"params\":{\"a\":1}}",
                "{\"id\":1,\"method\":\"mining.ping\"} trailing",
                "\u0000\u0001\u0002"
            })
    void endsAConnectionThatTalksNoStratumWithAnError(String line) throws IOException {
        try (WireMiner hostile = new WireMiner(server.port())) {
            // When
            hostile.line(line);

            // Then
            assertRefused(hostile.next(), 20);
            assertThatThrownBy(hostile::next).isInstanceOf(EOFException.class);
        }
        assertServes(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mining.submit", "mining.authorize", "mining.subscribe", "mining.configure"})
    void survivesParametersOfEveryKind(String method) throws IOException {
        List<String> kinds = List.of(
                "[]",
                "null",
                "[null,null,null,null,null]",
                "[1,2,3,4,5]",
                "[[],{},[],{},[]]",
                "[\"\\ud83d\\ude00\\ud83d\\ude00\",\"\\u0000\",\"-1\",\"-1\",\"+0000001\"]");
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            for (String params : kinds) {
                // When
                miner.line("{\"id\":\"k\",\"method\":\"" + method + "\",\"params\":" + params + "}");

                // Then
                JsonNode answer = miner.next();
                while (!answer.path("id").asText().equals("k")) {
                    answer = miner.next();
                }
                assertThat(answer.has("result")).isTrue();
            }
        }
        assertServes(server);
    }

    @Test
    void endsAConnectionWhoseLineIsTooLong() throws IOException {
        try (WireMiner hostile = new WireMiner(server.port())) {
            // When
            hostile.line("{\"id\":1,\"method\":\"" + "x".repeat(20_000) + "\"}");

            // Then
            JsonNode answer = hostile.next();
            assertRefused(answer, 20);
            assertThat(answer.path("error").path(1).asText()).contains("10240");
            assertThatThrownBy(hostile::next).isInstanceOf(EOFException.class);
        }
        assertServes(server);
    }

    @Test
    void endsAConnectionThatNestsTooDeep() throws IOException {
        try (WireMiner hostile = new WireMiner(server.port())) {
            hostile.line("[".repeat(10_000));
            assertRefused(hostile.next(), 20);
        }
        assertServes(server);
    }

    @Test
    void dropsAMinerThatDoesNotReadAndServesTheOthers() throws IOException {
        try (Socket deaf = new Socket("127.0.0.1", server.port());
                WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            deaf.getOutputStream()
                    .write("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n"
                            .getBytes(StandardCharsets.UTF_8));

            // When
            for (int jobs = 0; pool.connections() > 1 && jobs < MORE_THAN_BUFFERS_HOLD; jobs++) {
                pool.refreshJob();
                miner.awaitPush("mining.notify");
            }
            await("the end of the connection that nobody reads", () -> pool.connections() == 1);

            // Then
            assertThat(miner.submit(WORKER, miner.mine(miner.job(), 0))
                            .path("result")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void forgetsAMinerThatDiesAndWelcomesItAgain() throws IOException {
        // Given
        WireMiner killed = WireMiner.of(server.port(), WORKER);
        WireMiner.Share share = killed.mine(killed.job(), 0);
        killed.submit(WORKER, share);

        // When
        killed.close();
        await("the dead miner is forgotten", () -> pool.connections() == 0);

        // Then
        try (WireMiner again = WireMiner.of(server.port(), WORKER)) {
            assertThat(again.extranonce1()).isNotEqualTo(killed.extranonce1());
            assertThat(again.submit(WORKER, again.mine(again.job(), 0))
                            .path("result")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(pool.countsOf(WORKER).accepted()).isEqualTo(2);
    }

    @Test
    void refusesMoreConnectionsThanItHasPlacesFor() throws IOException {
        Deque<Socket> open = new ArrayDeque<>();
        try {
            // Given
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                open.add(new Socket("127.0.0.1", server.port()));
            }
            await("all are in", () -> pool.connections() == CONNECTIONS_MAX);

            // When // Then
            try (WireMiner late = new WireMiner(server.port())) {
                assertThatThrownBy(late::next).isInstanceOf(IOException.class);
            }
            open.removeFirst().close();
            await("a place is free", () -> pool.connections() < CONNECTIONS_MAX);
            assertServes(server);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
