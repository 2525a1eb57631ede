package filon.mining.pool.noise;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** The curve {@code y^2 = x^3 + 7}: its field, its points, and numbers of 32 bytes with the most significant first. */
final class Secp256k1 {
    static final int LENGTH = 32;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    /** The field's prime. */
    static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();

    /** How many multiples the generator has. */
    static final BigInteger ORDER = CURVE.getN();

    private static final BigInteger SEVEN = BigInteger.valueOf(7);
    private static final BigInteger ROOT_EXPONENT = P.add(BigInteger.ONE).shiftRight(2);

    private Secp256k1() {}

    static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    static byte[] bytes(BigInteger number) {
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[LENGTH];
        int length = Math.min(LENGTH, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, LENGTH - length, length);
        return bytes;
    }

    static boolean isSecret(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    /** {@code x^3 + 7}. */
    static BigInteger curve(BigInteger x) {
        return x.multiply(x).mod(P).multiply(x).add(SEVEN).mod(P);
    }

    static BigInteger divide(BigInteger dividend, BigInteger divisor) {
        return dividend.multiply(divisor.modInverse(P)).mod(P);
    }

    /** That one of the two roots which is a square itself, if there are roots. */
    static Optional<BigInteger> root(BigInteger square) {
        BigInteger residue = square.mod(P);
        BigInteger root = residue.modPow(ROOT_EXPONENT, P);
        return root.multiply(root).mod(P).equals(residue) ? Optional.of(root) : Optional.empty();
    }

    static boolean hasPointAt(BigInteger x) {
        return root(curve(x)).isPresent();
    }

    /** The point at x with even y; nothing if there is none or x is not below the prime. */
    static Optional<ECPoint> lift(BigInteger x) {
        if (x.signum() < 0 || x.compareTo(P) >= 0) {
            return Optional.empty();
        }
        return root(curve(x)).map(y -> CURVE.getCurve().createPoint(x, y.testBit(0) ? P.subtract(y) : y));
    }

    static ECPoint generator() {
        return CURVE.getG();
    }

    /** The public key of a secret. */
    static ECPoint publicPoint(BigInteger secret) {
        return generator().multiply(secret).normalize();
    }

    static BigInteger x(ECPoint point) {
        return point.getAffineXCoord().toBigInteger();
    }

    static boolean hasOddY(ECPoint point) {
        return point.getAffineYCoord().testBitZero();
    }
}
