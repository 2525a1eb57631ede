package filon.mining.pool.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/** What the handshake is made of, against answers that others published. */
class NoiseKnownAnswersTest {
    @Test
    void decodesEachEncodingAsBip324Does() {
        assertThat(NoiseVectors.each("decode"))
                .allSatisfy(vector -> assertThat(EllSwift.decode(NoiseVectors.bytes(vector, "encoded")))
                        .as(vector.required("proves").textValue())
                        .isEqualTo(NoiseVectors.number(vector, "x")));
    }

    @Test
    void findsEachOfTheEightInversesAsBip324Does() {
        assertThat(NoiseVectors.each("inverse")).allSatisfy(vector -> assertThat(inverses(vector))
                .isEqualTo(vector.required("t")
                        .valueStream()
                        .map(JsonNode::textValue)
                        .toList()));
    }

    private static List<String> inverses(JsonNode vector) {
        List<String> inverses = new ArrayList<>();
        for (int way = 0; way < 8; way++) {
            inverses.add(EllSwift.inverse(NoiseVectors.number(vector, "x"), NoiseVectors.number(vector, "u"), way)
                    .map(t -> HexFormat.of().formatHex(Secp256k1.bytes(t)))
                    .orElse(""));
        }
        return inverses;
    }

    @Test
    void sharesSecretsAsBip324Does() {
        assertThat(NoiseVectors.each("shared")).allSatisfy(vector -> {
            KeyPair ours = KeyPair.of(NoiseVectors.number(vector, "secret"), NoiseVectors.bytes(vector, "ours"));
            boolean initiating = vector.required("initiating").booleanValue();

            assertThat(ours.x()).isEqualTo(NoiseVectors.bytes(vector, "x"));
            assertThat(ours.sharedSecret(NoiseVectors.bytes(vector, "theirs"), initiating))
                    .isEqualTo(NoiseVectors.bytes(vector, "shared"));
        });
    }

    @Test
    void signsAsBip340Does() {
        assertThat(NoiseVectors.each("schnorr")
                        .filter(vector -> !vector.required("secret").textValue().isEmpty()))
                .hasSize(4)
                .allSatisfy(vector -> assertThat(Schnorr.sign(
                                NoiseVectors.number(vector, "secret"),
                                NoiseVectors.bytes(vector, "message"),
                                NoiseVectors.bytes(vector, "auxiliary")))
                        .isEqualTo(NoiseVectors.bytes(vector, "signature")));
    }

    @Test
    void believesAndRefusesTheSignaturesThatBip340Does() {
        assertThat(NoiseVectors.each("schnorr")).hasSize(15).allSatisfy(vector -> assertThat(Schnorr.isSigned(
                        NoiseVectors.bytes(vector, "key"),
                        NoiseVectors.bytes(vector, "message"),
                        NoiseVectors.bytes(vector, "signature")))
                .as(vector.required("proves").textValue())
                .isEqualTo(vector.required("signed").booleanValue()));
    }

    @Test
    void refusesASignatureOfAnotherLength() {
        JsonNode vector = NoiseVectors.of("schnorr").get(0);
        byte[] key = NoiseVectors.bytes(vector, "key");
        byte[] message = NoiseVectors.bytes(vector, "message");

        assertThat(Schnorr.isSigned(key, message, new byte[0])).isFalse();
        assertThat(Schnorr.isSigned(key, message, new byte[65])).isFalse();
    }

    @Test
    void encryptsAndDecryptsAsRfc8439Does() throws AEADBadTagException {
        // Given
        JsonNode vector = NoiseVectors.of("aead");
        byte[] key = NoiseVectors.bytes(vector, "key");
        long nonce = Long.parseUnsignedLong(vector.required("nonce").textValue(), 16);
        byte[] associated = NoiseVectors.bytes(vector, "associated");
        byte[] text = NoiseVectors.bytes(vector, "text");
        byte[] sealed = NoiseVectors.bytes(vector, "sealed");

        // Then
        assertThat(new CipherState(key, nonce).encrypt(associated, text)).isEqualTo(sealed);
        assertThat(new CipherState(key, nonce).decrypt(associated, sealed)).isEqualTo(text);
    }

    @Test
    void hashesWithAKeyAsRfc4231Does() {
        JsonNode vector = NoiseVectors.of("hmac");

        assertThat(Sha256.keyed(NoiseVectors.bytes(vector, "key"), NoiseVectors.bytes(vector, "text")))
                .isEqualTo(NoiseVectors.bytes(vector, "code"));
    }

    @Test
    void encodesEveryKeySoThatItIsDecodedAgain() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 50; i++) {
            KeyPair drawn = KeyPair.draw(random);
            assertThat(Secp256k1.bytes(EllSwift.decode(drawn.encoded())))
                    .as("seed %d", seed)
                    .isEqualTo(drawn.x());
        }
    }

    @Test
    void signsWhatItBelievesItself() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[32];
            random.nextBytes(message);
            Authority authority = Authority.draw(random);
            KeyPair server = KeyPair.draw(random);
            BigInteger secret = KeyPair.drawSecret(random);
            byte[] key = Secp256k1.bytes(Secp256k1.x(Secp256k1.publicPoint(secret)));
            byte[] signature = Schnorr.sign(secret, message, new byte[32]);

            assertThat(Schnorr.isSigned(key, message, signature))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(Schnorr.isSigned(authority.key().x(), message, signature))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(Schnorr.isSigned(server.x(), message, signature))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }
}
