package filon.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.HashRate;
import filon.contracts.value.MicroEuro;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void scalesRatesAndKeepsTheExactValue() {
        assertThat(Figures.rate(HashRate.of(999))).isEqualTo(new Shown("999 H/s", "999 H/s"));
        assertThat(Figures.rate(HashRate.of(1_234_567_890)))
                .isEqualTo(new Shown("1.23 GH/s", "1\u202f234\u202f567\u202f890 H/s"));
    }

    @Test
    void showsSmallAmountsWithEveryDigitThatSaysSomething() {
        assertThat(Figures.money(MicroEuro.ZERO).text()).isEqualTo("0.00 €");
        assertThat(Figures.money(MicroEuro.of(1)).text()).isEqualTo("0.000001 €");
        assertThat(Figures.money(MicroEuro.of(360_000)).text()).isEqualTo("0.36 €");
        assertThat(Figures.money(MicroEuro.of(100_000)).text()).isEqualTo("0.10 €");
        assertThat(Figures.money(MicroEuro.of(1_234_567_891)).text()).isEqualTo("1,234.57 €");
        assertThat(Figures.money(MicroEuro.of(-5)).text()).isEqualTo("-0.000005 €");
    }

    @Test
    void speaksOfTimeInItsTwoLargestUnits() {
        assertThat(Figures.seconds(59).text()).isEqualTo("59 s");
        assertThat(Figures.seconds(61).text()).isEqualTo("1 min 1 s");
        assertThat(Figures.seconds(7_260).text()).isEqualTo("2 h 1 min");
        assertThat(Figures.seconds(180_000).text()).isEqualTo("2 d 2 h");
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        assertThat(Figures.ago(now.plusSeconds(9), now).text()).isEqualTo("just now");
        assertThat(Figures.ago(now.minusSeconds(9), now)).isEqualTo(new Shown("9 s ago", "2026-11-01T11:59:51Z"));
    }

    @Test
    void aStateNobodyToldUsOfAsksForAttention() {
        assertThat(Tone.of("Bewitched")).isEqualTo(Tone.WARN);
    }
}
