package filon.provisioning.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrakeTest {
    private static boolean engages(int hosts, int silent) {
        return Brake.of(hosts, silent, false).engaged();
    }

    @Test
    void engagesWhenMoreThanHalfOfTheHostsAreSilent() {
        assertThat(engages(10, 5)).isFalse();
        assertThat(engages(10, 6)).isTrue();
        assertThat(engages(3, 2)).isTrue();
        assertThat(engages(0, 0)).isFalse();
    }

    @Test
    void suspectsNobodyInAFleetOfTwo() {
        assertThat(engages(1, 1)).isFalse();
        assertThat(engages(2, 2)).isFalse();
    }

    @Test
    void holdsUntilAtMostAThirdIsSilent() {
        assertThat(Brake.of(9, 4, true).engaged()).isTrue();
        assertThat(Brake.of(9, 3, true).engaged()).isFalse();
    }

    @Test
    void saysTheCountsBehindIt() {
        assertThat(Brake.of(10, 6, false).reason()).startsWith("6 of 10 hosts are silent: more likely it is us");
        assertThat(Brake.of(10, 1, true).reason()).isEqualTo("1 of 10 hosts are silent");
    }
}
