package filon.mining.pool.noise;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** A secret number, the x of its point, and that x as it is sent. */
final class KeyPair {
    private static final String TAG = "bip324_ellswift_xonly_ecdh";

    private final BigInteger secret;
    private final byte[] x;
    private final byte[] encoded;

    private KeyPair(BigInteger secret, byte[] encoded) {
        this.secret = secret;
        this.x = Secp256k1.bytes(Secp256k1.x(Secp256k1.publicPoint(secret)));
        this.encoded = encoded;
    }

    static KeyPair draw(RandomGenerator random) {
        BigInteger secret = drawSecret(random);
        return new KeyPair(secret, EllSwift.encode(Secp256k1.x(Secp256k1.publicPoint(secret)), random));
    }

    /** Of an encoding that was drawn before. */
    static KeyPair of(BigInteger secret, byte[] encoded) {
        KeyPair pair = new KeyPair(secret, encoded.clone());
        if (!EllSwift.decode(encoded).equals(Secp256k1.number(pair.x))) {
            throw new IllegalArgumentException("encoded key stands for another point than the secret's");
        }
        return pair;
    }

    static BigInteger drawSecret(RandomGenerator random) {
        byte[] drawn = new byte[Secp256k1.LENGTH];
        while (true) {
            random.nextBytes(drawn);
            if (Secp256k1.isSecret(Secp256k1.number(drawn))) {
                return Secp256k1.number(drawn);
            }
        }
    }

    /** byte[32], most significant byte first. */
    byte[] x() {
        return x.clone();
    }

    /** byte[64]. */
    byte[] encoded() {
        return encoded.clone();
    }

    /**
     * What both sides get and nobody else: byte[32].
     *
     * @param theirs the other's encoded key, byte[64]
     * @param initiating whether this side began the handshake; the two sides hash their keys in one order
     */
    byte[] sharedSecret(byte[] theirs, boolean initiating) {
        BigInteger point = Secp256k1.x(Secp256k1.lift(EllSwift.decode(theirs))
                .orElseThrow()
                .multiply(secret)
                .normalize());
        byte[] first = initiating ? encoded : theirs;
        byte[] second = initiating ? theirs : encoded;
        return Sha256.tagged(TAG, first, second, Secp256k1.bytes(point));
    }
}
