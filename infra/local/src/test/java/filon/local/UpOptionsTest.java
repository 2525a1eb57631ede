package filon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UpOptionsTest {
    private final UpMain.Durations durations = new UpMain.Durations();

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "5m, PT5M", "1h, PT1H", "PT2M30S, PT2M30S"})
    void readsDurationsAsPeopleWriteThem(String text, Duration expected) {
        assertThat(durations.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5s", "0s", "8d", "200h"})
    void refusesOthersAndNamesThem(String text) {
        assertThatThrownBy(() -> durations.convert(text))
                .isInstanceOf(CommandLine.TypeConversionException.class)
                .hasMessageContaining("duration " + text);
    }

    @Test
    void explainsEveryOption() {
        String help = new CommandLine(new UpMain()).getUsageMessage();

        assertThat(help)
                .contains(
                        "--simulate",
                        "--gpus-per-host",
                        "--faults",
                        "--seed",
                        "--no-demo",
                        "--for",
                        "--json",
                        "--fresh",
                        "--data",
                        "--port-base",
                        "Exit codes");
    }
}
