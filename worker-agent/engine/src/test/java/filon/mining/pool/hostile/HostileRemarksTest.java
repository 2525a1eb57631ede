package filon.mining.pool.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.stratum.StratumDialect;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostileRemarksTest {
    private final Dialogue talk = new Dialogue(Dialogue.Setting.of(
            ProofsOfWork.of("sha256d"), new StratumDialect(), "stratum+tcp://pool.example.com:3333"));

    @Test
    void tellsAHundredAtOnceAndCountsTheOthers() throws IOException {
        // Given
        talk.open();
        for (int i = 0; i < 150; i++) {
            talk.pool("nonsense");
        }
        assertThat(talk.said()).hasSize(100);

        // When
        talk.later(Duration.ofSeconds(1));
        talk.pool("nonsense");

        // Then
        assertThat(talk.said()).hasSize(102).contains("gave cause for 50 remarks more");
    }

    @Test
    void endASessionOfMoreMessagesThanAnyPoolHasToSay() throws IOException {
        // Given
        talk.open();
        for (int i = 0; i < 10_000; i++) {
            talk.pool("");
        }

        // When / Then
        assertThatThrownBy(() -> talk.pool(""))
                .isInstanceOf(IOException.class)
                .hasMessage("the pool says more than 2000 messages a second");
    }
}
