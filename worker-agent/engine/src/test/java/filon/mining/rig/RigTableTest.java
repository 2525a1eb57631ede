package filon.mining.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RigTableTest {
    @Test
    void hasALineForEachDeviceAndEachMiner() {
        // When
        List<String> lines = new RigTable(false).lines(SomeFigures.rig());

        // Then
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).contains("RUNNING", "125.00 MH/s", "100.00 MH/s", "110%", "61 C", "250 W");
        assertThat(lines.get(2)).contains("NO_POOL", "a card with a name th~", " - ");
        assertThat(lines.get(3))
                .isEqualTo("sha256d shares: accepted 17  rejected 2  stale 1  unanswered 4"
                        + "  at stratum+tcp://a.example.com:3333");
    }

    @Test
    void linesUpWithItsHead() {
        List<String> lines = new RigTable(false).lines(SomeFigures.rig());

        assertThat(lines.subList(0, 3))
                .extracting(String::length)
                .containsOnly(lines.getFirst().length());
    }

    @Test
    void usesColoursOnlyWhereTheyAreWanted() {
        assertThat(String.join("", new RigTable(false).lines(SomeFigures.rig())))
                .doesNotContain("\u001b");
        assertThat(String.join("", new RigTable(true).lines(SomeFigures.rig()))).contains("\u001b[32m", "\u001b[31m");
    }
}
