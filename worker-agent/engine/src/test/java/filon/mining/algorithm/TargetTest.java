package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static JsonNode published() throws IOException {
        try (InputStream stream = TargetTest.class.getResourceAsStream("/targets.json")) {
            return new ObjectMapper().readTree(stream);
        }
    }

    @Test
    void agreesWithEveryPublishedDifficulty() throws IOException {
        for (var entry : published().path("pdiff").properties()) {
            assertThat(Target.ofDifficulty(new BigDecimal(entry.getKey())))
                    .as("difficulty %s", entry.getKey())
                    .hasToString(entry.getValue().textValue());
        }
    }

    @Test
    void padsAShortTargetOnTheLeft() throws IOException {
        JsonNode seen = published().path("ethproxy_seen");

        assertThat(Target.ofHex(seen.path("target_param").textValue()))
                .hasToString(seen.path("must_be_padded_to").textValue());
    }

    @Test
    void isMetByTheTargetItselfAndMissedByOneMore() {
        Target target = Target.ofDifficulty(BigDecimal.ONE);

        assertThat(target.isMetBy(target.bytes())).isTrue();
        assertThat(target.isMetBy(Target.of(target.number().add(BigInteger.ONE)).bytes()))
                .isFalse();
    }

    @Test
    void staysWithin256BitsForAbsurdDifficulties() {
        assertThat(Target.ofDifficulty(new BigDecimal("1e-999999999"))).isEqualTo(Target.EASIEST);
        assertThat(Target.ofDifficulty(new BigDecimal("1e-70"))).isEqualTo(Target.EASIEST);
        assertThat(Target.ofDifficulty(new BigDecimal("1e999999999")).number()).isZero();
        assertThatThrownBy(() -> Target.ofDifficulty(BigDecimal.ZERO)).hasMessageContaining("above zero");
    }

    @Test
    void expectsFourBillionHashesPerHitAtDifficultyOne() {
        assertThat(Target.ofDifficulty(BigDecimal.ONE).hashesPerHit()).isCloseTo(4_295_032_833.0, within(1.0));
    }
}
