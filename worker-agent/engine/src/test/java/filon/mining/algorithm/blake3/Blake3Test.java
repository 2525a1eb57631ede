package filon.mining.algorithm.blake3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake3Test {
    private final Blake3 blake3 = new Blake3();

    @Test
    void hashesTheOfficialMessages() {
        assertThat(Blake3.FOLDER.vectors().path("messages")).hasSize(4);
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
    void hashesTheHeaderOfAlephiumAndKnowsItsChain() {
        KnownAnswer answer = blake3.knownAnswers().getFirst();
        byte[] hash = blake3.digest(answer.header(), answer.nonce()).hash();

        assertThat(hash).isEqualTo(answer.digest().hash());
        assertThat(Blake3.chainIndex(hash))
                .isEqualTo(Blake3.FOLDER.vectors().at("/headers/0/chain_index").asInt());
    }

    @Test
    void refusesWhatIsNoHeader() {
        assertThatThrownBy(() -> blake3.digest(Header.of(new byte[301]), 0)).hasMessageContaining("301 bytes");
        assertThatThrownBy(() -> Blake3Reference.hash(new byte[1_025])).hasMessageContaining("1025 bytes");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("blake3")).isInstanceOf(Blake3.class);
    }
}
