package filon.mining.pool.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseAuthorityKeyTest {
    private static final JsonNode VECTOR = NoiseVectors.of("authority");
    private static final String TEXT = VECTOR.required("text").textValue();

    @Test
    void readsAndWritesTheKeyOfTheSpecification() {
        AuthorityKey key = AuthorityKey.of(TEXT);

        assertThat(key.x()).isEqualTo(NoiseVectors.bytes(VECTOR, "key"));
        assertThat(key).hasToString(TEXT);
    }

    @Test
    void refusesATextWithAnyCharacterMistyped() {
        for (int i = 0; i < TEXT.length(); i++) {
            char other = TEXT.charAt(i) == '2' ? '3' : '2';
            String mistyped = TEXT.substring(0, i) + other + TEXT.substring(i + 1);

            assertThatThrownBy(() -> AuthorityKey.of(mistyped))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("authority key: ");
        }
    }

    @Test
    void saysWhatIsWrongWithAText() {
        assertRefused("", "authority key: 0 bytes, not 38");
        assertRefused("0" + TEXT.substring(1), "authority key: character 1 is none of base58");
        assertRefused(TEXT.substring(1), "authority key: ");
        assertRefused("1" + TEXT, "authority key: 39 bytes, not 38");
        assertRefused("1".repeat(100_000), "authority key: 100000 characters are too many for 38 bytes");
        assertRefused(Base58Check.encode(new byte[34]), "authority key of version 0.0; only 1.0 is known");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> AuthorityKey.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAKeyThatIsNoPointOfTheCurve() {
        byte[] none = Secp256k1.bytes(BigInteger.valueOf(5));

        assertThatThrownBy(() -> new AuthorityKey(none)).hasMessage("authority key is no point of secp256k1");
        assertThatThrownBy(() -> new AuthorityKey(new byte[31])).hasMessage("authority key of 31 bytes; it has 32");
    }

    @Test
    void refusesASecretThatIsNone() {
        assertThatThrownBy(() -> Authority.of(new byte[32])).hasMessageContaining("above zero");
        assertThatThrownBy(() -> Authority.of(Secp256k1.bytes(Secp256k1.ORDER)))
                .hasMessageContaining("below the order");
    }

    @Test
    void writesEveryKeySoThatItIsReadAgain() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 50; i++) {
            AuthorityKey key = Authority.draw(random).key();
            assertThat(AuthorityKey.of(key.toString())).as("seed %d", seed).isEqualTo(key);
        }
    }
}
