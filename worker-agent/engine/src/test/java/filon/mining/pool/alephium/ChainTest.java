package filon.mining.pool.alephium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Folder;
import filon.mining.algorithm.ProofsOfWork;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChainTest {
    @Test
    void knowsTheChainsOfPublishedBlocksByTheirHashes() {
        JsonNode blocks =
                new Folder(ProofsOfWork.of("blake3").getClass()).vectors().path("headers");
        assertThat(blocks).isNotEmpty();
        for (JsonNode block : blocks) {
            int index = block.path("chain_index").asInt();

            Chain chain = Chain.of(HexFormat.of().parseHex(block.path("hash").asText()));

            assertThat(chain).as(block.path("name").asText()).isEqualTo(new Chain(index / 4, index % 4));
        }
    }

    @Test
    void takesTheLastByteAsAnUnsignedNumber() {
        byte[] hash = new byte[32];
        hash[31] = (byte) 0xfe;

        assertThat(Chain.of(hash)).isEqualTo(new Chain(3, 2));
    }

    @Test
    void refusesGroupsThatThereAreNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Chain(4, 0)).withMessageContaining("group 4");
        assertThatIllegalArgumentException().isThrownBy(() -> new Chain(0, -1));
    }
}
