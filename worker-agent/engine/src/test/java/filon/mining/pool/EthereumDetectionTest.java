package filon.mining.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EthereumDetectionTest {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final String HASH = "64".repeat(32);
    private static final String SEED = "00".repeat(32);
    private static final String TRUE = "{\"id\":ID,\"result\":true,\"error\":null}";

    private final List<PoolEvent> events = new ArrayList<>();
    private long now;

    /** What the only dialect of a pool answers, by method. */
    private enum Only {
        ETHEREUM2(Map.of(
                "mining.hello",
                        List.of("{\"id\":ID,\"result\":{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\"}}"),
                "mining.subscribe", List.of("{\"id\":ID,\"result\":\"s-1\"}"),
                "mining.authorize",
                        List.of(
                                "{\"id\":ID,\"result\":\"w-1\"}",
                                "{\"method\":\"mining.set\",\"params\":{\"epoch\":\"0\",\"target\":\"ff\"}}",
                                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"1\",\"" + HASH + "\",\"1\"]}"))),
        NICEHASH(Map.of(
                "mining.subscribe",
                        List.of(
                                "{\"id\":ID,\"result\":[[\"mining.notify\",\"s\",\"EthereumStratum/1.0.0\"],\"080c\"],\"error\":null}"),
                "mining.extranonce.subscribe", List.of(TRUE),
                "mining.authorize",
                        List.of(
                                TRUE,
                                "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"j\",\"" + SEED + "\",\"" + HASH
                                        + "\",true]}"))),
        ETHPROXY(Map.of(
                "eth_submitLogin", List.of(TRUE),
                "eth_getWork", List.of("{\"id\":ID,\"result\":[\"0x" + HASH + "\",\"0x" + SEED + "\",\"0xff\"]}"))),
        ETHERSTRATUM(Map.of(
                "mining.subscribe", List.of(TRUE),
                "mining.authorize",
                        List.of(
                                TRUE,
                                "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"j\",\"" + HASH + "\",\"" + SEED
                                        + "\",\"ff\",true]}")));

        private final Map<String, List<String>> answers;

        Only(Map<String, List<String>> answers) {
            this.answers = answers;
        }

        /** @param unknown what is answered to a method that is unknown */
        MemoryWires.Software orElse(String... unknown) {
            return request -> answers.getOrDefault(request.path("method").asText(), List.of(unknown)).stream()
                    .map(answer -> answer.replace("ID", request.path("id").toString()))
                    .toList();
        }
    }

    private PoolDesk desk(MemoryWires wires) {
        Pool pool = new Pool(PoolAddress.of("stratum+tcp://pool.example.com:3333"), "me", "x");
        PoolTerms terms = UsualTerms.of(ProofsOfWork.of("ethash"), () -> now);
        return new PoolDesk(List.of(PoolOrder.of(pool)), terms, events::add, wires, Runnable::run, () -> 0);
    }

    private void pass(PoolDesk desk, MemoryWires wires, Duration duration) {
        for (long end = now + duration.toNanos(); now < end; now += STEP.toNanos()) {
            desk.tick();
            wires.deliver();
        }
    }

    private <T extends PoolEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void findsAnewWhatAPoolSpeaksThatChangesItsDialect() {
        // Given
        AtomicReference<MemoryWires.Software> software =
                new AtomicReference<>(Only.NICEHASH.orElse(MemoryWires.HANG_UP));
        MemoryWires wires = new MemoryWires(request -> software.get().answers(request));
        PoolDesk desk = desk(wires);
        pass(desk, wires, Duration.ofSeconds(1));
        assertThat(events(PoolEvent.NewJob.class)).hasSize(1);

        // When
        software.set(Only.ETHPROXY.orElse(MemoryWires.HANG_UP));
        pass(desk, wires, Duration.ofMinutes(3));

        // Then
        assertThat(events(PoolEvent.NewJob.class)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Only.class)
    void findsTheDialectOfAPoolThatCallsOthersAnError(Only only) {
        MemoryWires wires =
                new MemoryWires(only.orElse("{\"id\":ID,\"error\":{\"code\":-3,\"message\":\"Method not found\"}}"));

        pass(desk(wires), wires, Duration.ofSeconds(1));

        assertThat(events(PoolEvent.NewJob.class)).hasSize(1);
        assertThat(wires.connections()).isEqualTo(only.ordinal() + 1);
        assertThat(events(PoolEvent.Lost.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Only.class)
    void findsTheDialectOfAPoolThatHangsUpOnOthers(Only only) {
        MemoryWires wires = new MemoryWires(only.orElse(MemoryWires.HANG_UP));

        pass(desk(wires), wires, Duration.ofSeconds(1));

        assertThat(events(PoolEvent.NewJob.class)).hasSize(1);
        assertThat(events(PoolEvent.Lost.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Only.class)
    void findsTheDialectOfAPoolThatIsSilentToOthersWithinThreeSecondsEach(Only only) {
        MemoryWires wires = new MemoryWires(only.orElse());

        pass(
                desk(wires),
                wires,
                SILENCE.plus(STEP.multipliedBy(2)).multipliedBy(only.ordinal()).plus(STEP));

        assertThat(events(PoolEvent.NewJob.class)).hasSize(1);
        assertThat(events(PoolEvent.Lost.class)).isEmpty();
    }

    @Test
    void findsTheDialectOfAPoolThatSaysYesToEverything() {
        MemoryWires wires = new MemoryWires(Only.ETHERSTRATUM.orElse(TRUE));

        pass(desk(wires), wires, Duration.ofSeconds(40));

        assertThat(events(PoolEvent.NewJob.class)).hasSize(1);
    }

    @Test
    void saysWhatItTriesAndWhy() {
        MemoryWires wires = new MemoryWires(Only.ETHPROXY.orElse(MemoryWires.HANG_UP));

        pass(desk(wires), wires, Duration.ofSeconds(1));

        assertThat(events(PoolEvent.Said.class))
                .extracting(PoolEvent.Said::text)
                .containsExactly(
                        "does not seem to speak EthereumStratum/2.0.0 (the pool closed the connection);"
                                + " trying EthereumStratum/1.0.0",
                        "does not seem to speak EthereumStratum/1.0.0 (the pool closed the connection);"
                                + " trying ETHPROXY");
    }

    @Test
    void asksForTheKnownDialectOnlyOnceItIsFound() {
        boolean[] isDown = new boolean[1];
        MemoryWires.Software pool = Only.ETHPROXY.orElse(MemoryWires.HANG_UP);
        MemoryWires wires =
                new MemoryWires(request -> isDown[0] ? List.of(MemoryWires.HANG_UP) : pool.answers(request));
        PoolDesk desk = desk(wires);
        pass(desk, wires, Duration.ofSeconds(1));
        isDown[0] = true;
        pass(desk, wires, Duration.ofSeconds(2));
        isDown[0] = false;
        int before = wires.connections();

        pass(desk, wires, Duration.ofSeconds(5));

        assertThat(events(PoolEvent.NewJob.class)).hasSize(2);
        assertThat(wires.connections()).isEqualTo(before + 1);
    }

    @Test
    void tellsARefusedUserAtTheEndOfARound() {
        MemoryWires.Software pool = Only.NICEHASH.orElse(MemoryWires.HANG_UP);
        MemoryWires wires = new MemoryWires(request -> isOf(request, "mining.authorize")
                ? List.of("{\"id\":" + request.path("id") + ",\"result\":false,\"error\":[24,\"no such user\"]}")
                : pool.answers(request));

        pass(desk(wires), wires, Duration.ofMillis(200));

        assertThat(events(PoolEvent.Lost.class))
                .singleElement()
                .extracting(PoolEvent.Lost::reason)
                .asString()
                .contains("EthereumStratum/1.0.0: the pool refuses user me: no such user")
                .contains("ETHPROXY: the pool closed the connection");
    }

    private static boolean isOf(JsonNode request, String method) {
        return request.path("method").asText().equals(method);
    }

    @Test
    void givesASlowPoolMoreTimeInTheSecondRound() {
        MemoryWires wires = new MemoryWires(_ -> List.of());
        PoolDesk desk = desk(wires);

        pass(desk, wires, SILENCE.multipliedBy(4).plusSeconds(9));

        assertThat(events(PoolEvent.Lost.class)).hasSize(1);
        assertThat(wires.connections()).isEqualTo(5);
    }
}
