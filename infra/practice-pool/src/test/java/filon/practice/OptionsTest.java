package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import filon.practice.fault.FaultName;
import filon.practice.fault.FaultScript;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the command line of the practice pool")
class OptionsTest {
    private static Options options(String line) {
        return new Options(
                Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    @Test
    void meansSha256dAndStratumOnItsUsualPortWhenNothingIsSaid() {
        Options options = options("");
        assertThat(options.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.dialect()).isEqualTo(Dialect.STRATUM1);
            assertThat(plan.algorithm().name()).isEqualTo("sha256d");
            assertThat(plan.difficulty()).isEqualTo(0.002);
        });
        assertThat(options.port(0)).isEqualTo(3333);
    }

    @Test
    void findsTheDialectOfAnAlgorithmAndTheAlgorithmOfADialect() {
        assertThat(options("--algorithm kawpow").plans().getFirst().dialect()).isEqualTo(Dialect.KAWPOW);
        assertThat(options("--dialect ethproxy").plans().getFirst().algorithm().name())
                .isEqualTo("ethash");
    }

    @Test
    void opensAPortForEveryDialectFromTheFirstOn() {
        // When
        Options options = options("--dialect all --port 4000");

        // Then
        assertThat(options.plans()).extracting(Plan::dialect).containsExactly(Dialect.values());
        assertThat(options.port(8)).isEqualTo(4008);
        assertThat(options("--dialect all --algorithm etchash").plans())
                .extracting(Plan::dialect)
                .containsExactly(Dialect.ETHEREUM1, Dialect.ETHPROXY, Dialect.ETHEREUM2, Dialect.ETHEREUM_PLAIN);
    }

    @Test
    void takesFaultsQuirksAndTables() {
        // When
        Plan plan = options("--faults silence@10s+5s,drip@1m --quirks string-ports,bare-refusals --seed 7 --height 42")
                .plans()
                .getFirst();

        // Then
        assertThat(plan.faults()).isEqualTo(FaultScript.of("silence@10s+5s,drip@1m"));
        assertThat(plan.quirks()).containsExactlyInAnyOrder(Quirk.STRING_PORTS, Quirk.BARE_REFUSALS);
        assertThat(plan.height()).isEqualTo(42);
        assertThat(options("--faults random --seed 7").plans().getFirst().faults())
                .isEqualTo(FaultScript.random(7));
    }

    @Test
    void encryptsForTheHostOrForAnotherName() {
        assertThat(options("").wantsTls()).isFalse();
        assertThat(options("--tls").tlsName()).isEqualTo("127.0.0.1");
        assertThat(options("--tls-name other.example").wantsTls()).isTrue();
        assertThat(options("--tls-name other.example").tlsName()).isEqualTo("other.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unheard-of",
                "--port",
                "--port many",
                "--port 70000",
                "--difficulty 0",
                "--algorithm abacus",
                "--dialect klingon",
                "--algorithm sha256d --dialect kaspa",
                "--faults noise@1s",
                "--quirks shyness",
                "--quirks object-errors,two-element-errors",
                "--height 0",
                "--job-seconds -1"
            })
    void saysWhatIsWrong(String line) {
        assertThatThrownBy(() -> {
                    Options options = options(line);
                    options.plans();
                    options.port(0);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("null");
    }

    @Test
    void namesEveryFaultQuirkAndDialectInItsHelp() {
        assertThat(Options.help())
                .contains(Stream.of(FaultName.values()).map(FaultName::text).toList())
                .contains(Stream.of(Quirk.values()).map(Quirk::text).toList())
                .contains(Stream.of(Dialect.values()).map(Dialect::text).toList())
                .contains(List.of("--tls-name", "--faults", "kheavyhash"));
    }
}
