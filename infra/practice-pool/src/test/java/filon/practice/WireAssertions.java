package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a pool behind a port is seen to do. */
final class WireAssertions {
    private static final String WORKER = "demo.1";

    private WireAssertions() {}

    /** A new miner gets a job, and a share of it accepted. */
    static void assertServes(PracticeServer server) throws IOException {
        try (WireMiner miner = WireMiner.of(server.port(), WORKER)) {
            assertThat(miner.submit(WORKER, miner.mine(miner.job(), 0))
                            .path("result")
                            .asBoolean())
                    .isTrue();
        }
    }

    static void assertRefused(JsonNode answer, int code) {
        assertThat(answer.path("result").isNull()).as("result of " + answer).isTrue();
        assertThat(answer.path("error")).as("error of " + answer).hasSize(3);
        assertThat(answer.path("error").path(0).asInt()).as("code of " + answer).isEqualTo(code);
        assertThat(answer.path("error").path(1).asText()).isNotBlank();
    }

    /** A minute is enough for anything. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
