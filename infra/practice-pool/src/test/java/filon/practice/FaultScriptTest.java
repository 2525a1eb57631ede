package filon.practice;

import static filon.practice.Stratum1Hand.AUTHORIZE;
import static filon.practice.Stratum1Hand.PING;
import static filon.practice.Stratum1Hand.PONG;
import static filon.practice.Stratum1Hand.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.fault.FaultName;
import filon.practice.fault.FaultScript;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a script of faults")
class FaultScriptTest {
    private static final double TRIVIAL = 1e-9;

    @Test
    void aScriptBeginsAndEndsFaultsAtItsTimes() {
        // Given
        Scene planned = new Scene(Plan.ofSha256d(TRIVIAL).with(FaultScript.of("silence@10s+5s,disconnect@30s:finish")));
        Wiretap there = planned.miner();
        there.say(SUBSCRIBE);

        // When // Then
        planned.pass(Duration.ofMillis(9_999));
        assertThat(there.say(PING)).containsExactly(PONG);
        planned.pass(Duration.ofMillis(1));
        assertThat(there.say(PING)).isEmpty();
        planned.pass(Duration.ofSeconds(5));
        assertThat(there.say(PING)).containsExactly(PONG);
        planned.pass(Duration.ofSeconds(15));
        assertThat(there.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void aScriptBeginsFaultsWithALine() {
        // Given
        Scene planned = new Scene(Plan.ofSha256d(TRIVIAL).with(FaultScript.of("disconnect@4lines")));
        Wiretap there = planned.miner();

        // When // Then
        there.say(SUBSCRIBE);
        planned.pass(Duration.ZERO);
        assertThat(there.ending()).isEmpty();
        there.say(PING);
        planned.pass(Duration.ZERO);
        assertThat(there.ending()).contains(Wire.Ending.RESET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "silence",
                "noise@1s",
                "silence@soon",
                "silence@1s:7",
                "delay@1s:fast",
                "clean-storm@1s:many",
                "clean-storm@1s:0",
                "disconnect@1s:politely",
                "reconnect@1s:nowhere",
                "reconnect@1s:host:70000",
                "silence@1s,,drip@2s"
            })
    void isRefusedWhereItIsWrittenWrongly(String script) {
        assertThatThrownBy(() -> FaultScript.of(script))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("null");
    }

    @ParameterizedTest
    @EnumSource(FaultName.class)
    void canBeTypedWithoutItsValue(FaultName name) {
        assertThat(FaultScript.of(name.text() + "@1s+1s").faults()).hasSize(1);
        assertThat(name.help()).isNotBlank();
    }

    @Test
    void aRandomScriptIsTheSameForTheSameSeed() {
        assertThat(FaultScript.random(7)).isEqualTo(FaultScript.random(7)).isNotEqualTo(FaultScript.random(8));
        assertThat(FaultScript.of(FaultScript.random(7).text())).isEqualTo(FaultScript.random(7));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void happensInEveryDialectAndTheSameToTheByteForTheSameSeed(Dialect dialect) {
        System.out.println("seed 11, dialect " + dialect.text());
        assertThat(tenMinutes(dialect, 11)).isEqualTo(tenMinutes(dialect, 11)).isNotEqualTo(tenMinutes(dialect, 12));
    }

    /** Ten minutes of random faults with a miner that comes back whenever it is cut. */
    private static String tenMinutes(Dialect dialect, long seed) {
        var algorithm = ProofsOfWork.all().stream()
                .filter(one -> dialect.speaks(one))
                .findFirst()
                .orElseThrow()
                .reduced();
        Scene scene = new Scene(Plan.of(algorithm, dialect, TRIVIAL)
                .withSeed(seed)
                .withJobEvery(Duration.ofSeconds(7))
                .with(FaultScript.random(seed)));
        StringBuilder all = new StringBuilder();
        Wiretap there = scene.miner();
        for (Instant end = scene.time.clock().instant().plusSeconds(600);
                scene.time.clock().instant().isBefore(end);
                scene.pass(Duration.ofSeconds(1))) {
            if (there.ending().isPresent()) {
                all.append(there.transcript()).append(there.ending());
                there = scene.miner();
            }
            there.say(SUBSCRIBE, AUTHORIZE, "{\"id\":9,\"method\":\"eth_getWork\",\"params\":[]}");
        }
        return all.append(there.transcript()).append(scene.reports).toString();
    }
}
