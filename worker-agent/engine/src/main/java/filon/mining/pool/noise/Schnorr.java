package filon.mining.pool.noise;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Schnorr signatures of 64 bytes, for public keys that are an x of 32 bytes.
 *
 * <p>Source: BIP 340.
 */
final class Schnorr {
    static final int LENGTH = 64;

    private Schnorr() {}

    /**
     * @param auxiliary 32 random bytes; the signature is safe without, too
     */
    static byte[] sign(BigInteger secret, byte[] message, byte[] auxiliary) {
        ECPoint point = Secp256k1.publicPoint(secret);
        byte[] publicX = Secp256k1.bytes(Secp256k1.x(point));
        BigInteger even = evenSecret(secret, point);
        byte[] masked = Secp256k1.bytes(even.xor(Secp256k1.number(Sha256.tagged("BIP0340/aux", auxiliary))));
        BigInteger drawn = Secp256k1.number(Sha256.tagged("BIP0340/nonce", masked, publicX, message))
                .mod(Secp256k1.ORDER);
        ECPoint commitment = Secp256k1.publicPoint(drawn);
        byte[] commitmentX = Secp256k1.bytes(Secp256k1.x(commitment));
        BigInteger proof = evenSecret(drawn, commitment)
                .add(challenge(commitmentX, publicX, message).multiply(even))
                .mod(Secp256k1.ORDER);
        byte[] signature = Arrays.copyOf(commitmentX, LENGTH);
        System.arraycopy(Secp256k1.bytes(proof), 0, signature, Secp256k1.LENGTH, Secp256k1.LENGTH);
        return signature;
    }

    /** Whether the owner of the public key signed the message; false also for a key or a signature that cannot be. */
    static boolean isSigned(byte[] publicX, byte[] message, byte[] signature) {
        if (signature.length != LENGTH) {
            return false;
        }
        Optional<ECPoint> key = Secp256k1.lift(Secp256k1.number(publicX));
        byte[] commitmentX = Arrays.copyOfRange(signature, 0, Secp256k1.LENGTH);
        BigInteger proof = Secp256k1.number(Arrays.copyOfRange(signature, Secp256k1.LENGTH, LENGTH));
        return key.isPresent()
                && proof.compareTo(Secp256k1.ORDER) < 0
                && matches(commitmentX, proof, key.get(), challenge(commitmentX, publicX, message));
    }

    private static boolean matches(byte[] commitmentX, BigInteger proof, ECPoint key, BigInteger challenge) {
        BigInteger negated = Secp256k1.ORDER.subtract(challenge).mod(Secp256k1.ORDER);
        ECPoint commitment = ECAlgorithms.sumOfTwoMultiplies(Secp256k1.generator(), proof, key, negated)
                .normalize();
        return !commitment.isInfinity()
                && !Secp256k1.hasOddY(commitment)
                && Secp256k1.x(commitment).equals(Secp256k1.number(commitmentX));
    }

    private static BigInteger challenge(byte[] commitmentX, byte[] publicX, byte[] message) {
        return Secp256k1.number(Sha256.tagged("BIP0340/challenge", commitmentX, publicX, message))
                .mod(Secp256k1.ORDER);
    }

    private static BigInteger evenSecret(BigInteger secret, ECPoint point) {
        return Secp256k1.hasOddY(point) ? Secp256k1.ORDER.subtract(secret) : secret;
    }
}
