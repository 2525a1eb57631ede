package filon.mining.algorithm.kheavyhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KheavyhashTest {
    private static final JsonNode VECTORS = Kheavyhash.FOLDER.vectors();
    private final Kheavyhash kheavyhash = new Kheavyhash();

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }

    private static long[] lanes(JsonNode numbers) {
        long[] lanes = new long[numbers.size()];
        Arrays.setAll(lanes, i -> new BigInteger(numbers.get(i).asText()).longValue());
        return lanes;
    }

    private static Header header(JsonNode entry) {
        return Header.of(ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes(entry.path("hash_before_work")))
                .putLong(Long.parseUnsignedLong(entry.path("timestamp").asText(), 16))
                .array());
    }

    private static long nonce(JsonNode entry) {
        return Long.parseUnsignedLong(entry.path("nonce").asText(), 16);
    }

    @Test
    void startsFromTheStatesThatKaspasNodesHaveAsConstants() {
        // Given: theirs hold the padding of a message of 80 bytes, and of 32, already
        assertThat(Kheavyhash.FIRST.absorbed(new byte[80])).isEqualTo(lanes(VECTORS.path("first_state")));
        assertThat(Kheavyhash.LAST.absorbed(new byte[32])).isEqualTo(lanes(VECTORS.path("last_state")));
    }

    @Test
    void hashesBeforeTheMatrixAsKaspasTestsDo() {
        JsonNode first = VECTORS.path("first_hash");

        assertThat(Kheavyhash.FIRST.hash(kheavyhash.solved(header(first), nonce(first))))
                .isEqualTo(bytes(first.path("hash")));
    }

    @Test
    void drawsTheMatrixOfKaspasTest() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 42);
        HeavyMatrix matrix = HeavyMatrix.of(seed);

        assertThat(matrix.rank()).isEqualTo(64);
        VECTORS.at("/matrix_of_42/rows").properties().forEach(row -> {
            short[] expected = new short[64];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (short) row.getValue().get(i).asInt();
            }
            assertThat(matrix.rows()[Integer.parseInt(row.getKey())]).isEqualTo(expected);
        });
    }

    @Test
    void countsRowsThatDependOnOthersOnce() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 42);
        short[][] rows = HeavyMatrix.of(seed).rows();
        rows[0] = rows[1].clone();

        assertThat(new HeavyMatrix(rows).rank()).isEqualTo(63);
        assertThat(new HeavyMatrix(new short[64][64]).rank()).isZero();
    }

    @Test
    void computesTheWholeHash() {
        for (KnownAnswer answer : kheavyhash.knownAnswers()) {
            assertThat(kheavyhash.digest(answer.header(), answer.nonce()).hash())
                    .as(answer.name())
                    .isEqualTo(answer.digest().hash());
        }
    }

    @Test
    void findsTheBlockOfKaspasChainBelowItsTarget() {
        JsonNode block = VECTORS.path("hashes").get(0);

        assertThat(Target.ofHex(block.path("target").asText())
                        .isMetBy(kheavyhash.digest(header(block), nonce(block)).hash()))
                .isTrue();
    }

    @Test
    void appliesTheMatrixOfKaspasTest() {
        JsonNode heavy = VECTORS.path("heavy_hash");
        short[][] rows = new short[64][64];
        for (int row = 0; row < rows.length; row++) {
            String digits = heavy.path("rows").get(row).asText();
            for (int i = 0; i < digits.length(); i++) {
                rows[row][i] = (short) Character.digit(digits.charAt(i), 16);
            }
        }

        assertThat(Kheavyhash.LAST.hash(new HeavyMatrix(rows).applied(bytes(heavy.path("digest")))))
                .isEqualTo(bytes(heavy.path("hash")));
    }

    @Test
    void refusesAHashOfZerosInsteadOfDrawingForEver() {
        assertThatThrownBy(() -> kheavyhash.digest(Header.of(new byte[40]), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 zero bytes");
        assertThatThrownBy(() -> kheavyhash.digest(Header.of(new byte[39]), 0)).hasMessageContaining("39 bytes");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("kheavyhash")).isInstanceOf(Kheavyhash.class);
    }
}
