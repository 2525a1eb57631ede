package filon.mining.algorithm.blake3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake3Test {
    private final Blake3 blake3 = new Blake3();

    @Test
    void hashesTheOfficialMessages() {
        assertThat(Blake3.FOLDER.vectors().path("messages")).hasSizeGreaterThanOrEqualTo(4);
        for (JsonNode entry : Blake3.FOLDER.vectors().path("messages")) {
            byte[] message = new byte[entry.path("length").asInt()];
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) (i % 251);
            }

            assertThat(HexFormat.of().formatHex(Blake3Reference.hash(message)))
                    .as("%d bytes", message.length)
                    .isEqualTo(entry.path("hash").asText());
        }
    }

    @Test
    void hashesTheBlocksOfAlephiumsChain() {
        JsonNode entries = Blake3.FOLDER.vectors().path("headers");
        assertThat(blake3.knownAnswers()).hasSameSizeAs(entries).hasSize(3);
        for (int i = 0; i < entries.size(); i++) {
            KnownAnswer answer = blake3.knownAnswers().get(i);
            byte[] hash = blake3.digest(answer.header(), answer.nonce()).hash();

            assertThat(hash).as(answer.name()).isEqualTo(answer.digest().hash());
            if (entries.get(i).has("target")) {
                assertThat(Target.ofHex(entries.get(i).path("target").asText()).isMetBy(hash))
                        .isTrue();
            }
        }
    }

    @Test
    void judgesSharesAsAlephiumsPoolDoes() {
        JsonNode shares = Blake3.FOLDER.vectors().path("shares");
        Target target = Target.ofHex(shares.path("target").asText());

        assertThat(target.isMetBy(hash(shares, "accepted"))).isTrue();
        assertThat(target.isMetBy(hash(shares, "above_target"))).isFalse();
    }

    private byte[] hash(JsonNode shares, String which) {
        byte[] nonce = HexFormat.of().parseHex(shares.path(which).asText());
        byte[] header = HexFormat.of().parseHex(shares.path("header_blob").asText());
        byte[] prefix = ByteBuffer.allocate(318).put(nonce, 0, 16).put(header).array();
        return blake3.digest(Header.of(prefix), ByteBuffer.wrap(nonce).getLong(16))
                .hash();
    }

    @Test
    void countsDifficultyAsAlephiumsPoolsDo() {
        assertThat(blake3.targetOf(BigDecimal.ONE)).hasToString("00000003" + "f".repeat(56));
        assertThat(blake3.targetOf(new BigDecimal("0.25"))).hasToString("0000000f" + "f".repeat(55) + "c");
        assertThat(blake3.targetOf(new BigDecimal("1e-999999999"))).isEqualTo(Target.EASIEST);
        assertThat(blake3.targetOf(new BigDecimal("1e999999999")).number()).isZero();
        assertThatThrownBy(() -> blake3.targetOf(BigDecimal.ZERO)).hasMessageContaining("above zero");
    }

    @Test
    void refusesWhatIsNoPrefix() {
        assertThatThrownBy(() -> blake3.digest(Header.of(new byte[302]), 0)).hasMessageContaining("302 bytes");
        assertThatThrownBy(() -> Blake3Reference.hash(new byte[1_025])).hasMessageContaining("1025 bytes");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("blake3")).isInstanceOf(Blake3.class);
    }
}
