package filon.mining.pool.noise;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * ElligatorSwift: a point's x as 64 bytes that look random, two numbers u and t. Every 64 bytes stand for some x, and each x has
 * about 2^256 encodings.
 *
 * <p>Source: BIP 324, "ElligatorSwift encoding of curve X coordinates"; the names of numbers are its.
 */
final class EllSwift {
    static final int LENGTH = 64;

    private static final BigInteger P = Secp256k1.P;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger FOUR = BigInteger.valueOf(4);

    /** The square root of -3 that is a square itself. */
    private static final BigInteger C = Secp256k1.root(THREE.negate()).orElseThrow();

    private static final int WAYS = 8;

    private EllSwift() {}

    /** The x that 64 bytes stand for; always one of a point of the curve. */
    static BigInteger decode(byte[] encoded) {
        if (encoded.length != LENGTH) {
            throw new IllegalArgumentException("encoded key of " + encoded.length + " bytes; it has " + LENGTH);
        }
        BigInteger u = Secp256k1.number(Arrays.copyOfRange(encoded, 0, Secp256k1.LENGTH));
        BigInteger t = Secp256k1.number(Arrays.copyOfRange(encoded, Secp256k1.LENGTH, LENGTH));
        return decode(orOne(u.mod(P)), orOne(t.mod(P)));
    }

    private static BigInteger decode(BigInteger u, BigInteger first) {
        BigInteger curve = Secp256k1.curve(u);
        BigInteger t = curve.add(first.multiply(first)).mod(P).signum() == 0
                ? first.shiftLeft(1).mod(P)
                : first;
        BigInteger x = Secp256k1.divide(curve.subtract(t.multiply(t)), t.shiftLeft(1));
        BigInteger y = Secp256k1.divide(x.add(t), C.multiply(u));
        BigInteger ratio = Secp256k1.divide(x, y);
        BigInteger third = u.add(FOUR.multiply(y).multiply(y)).mod(P);
        if (Secp256k1.hasPointAt(third)) {
            return third;
        }
        BigInteger second = half(ratio.negate().subtract(u));
        return Secp256k1.hasPointAt(second) ? second : half(ratio.subtract(u));
    }

    /** An encoding of x, drawn from all of them. */
    static byte[] encode(BigInteger x, RandomGenerator random) {
        while (true) {
            byte[] drawn = new byte[Secp256k1.LENGTH];
            random.nextBytes(drawn);
            BigInteger u = Secp256k1.number(drawn);
            if (u.signum() == 0 || u.compareTo(P) >= 0) {
                continue;
            }
            Optional<BigInteger> t = inverse(x, u, random.nextInt(WAYS));
            if (t.isPresent()) {
                return join(u, t.get());
            }
        }
    }

    /**
     * The t that together with u stands for x.
     *
     * @param way which of up to eight, 0 to 7
     */
    static Optional<BigInteger> inverse(BigInteger x, BigInteger u, int way) {
        Optional<Split> split = (way & 2) == 0 ? ofFirstKind(x, u) : ofThirdKind(x, u, (way & 1) == 1);
        return split.flatMap(found -> Secp256k1.root(found.s()).map(w -> {
            boolean odd = (way & 1) == 1;
            BigInteger share = half(u.multiply(odd ? ONE.add(C) : ONE.subtract(C)));
            BigInteger t = w.multiply(share.add(found.v())).mod(P);
            return odd == (way & 4) > 0 ? t.negate().mod(P) : t;
        }));
    }

    private record Split(BigInteger s, BigInteger v) {}

    private static Optional<Split> ofFirstKind(BigInteger x, BigInteger u) {
        if (Secp256k1.hasPointAt(x.add(u).negate().mod(P))) {
            return Optional.empty();
        }
        BigInteger divisor = u.multiply(u).add(u.multiply(x)).add(x.multiply(x)).mod(P);
        return Optional.of(new Split(Secp256k1.divide(Secp256k1.curve(u).negate(), divisor), x));
    }

    private static Optional<Split> ofThirdKind(BigInteger x, BigInteger u, boolean odd) {
        BigInteger s = x.subtract(u).mod(P);
        if (s.signum() == 0) {
            return Optional.empty();
        }
        BigInteger squared = FOUR.multiply(Secp256k1.curve(u))
                .add(THREE.multiply(u).multiply(u).multiply(s))
                .multiply(s)
                .negate();
        return Secp256k1.root(squared)
                .filter(r -> !odd || r.signum() != 0)
                .map(r -> new Split(s, half(Secp256k1.divide(r, s).subtract(u))));
    }

    private static byte[] join(BigInteger u, BigInteger t) {
        byte[] encoded = Arrays.copyOf(Secp256k1.bytes(u), LENGTH);
        System.arraycopy(Secp256k1.bytes(t), 0, encoded, Secp256k1.LENGTH, Secp256k1.LENGTH);
        return encoded;
    }

    private static BigInteger half(BigInteger number) {
        return Secp256k1.divide(number.mod(P), TWO);
    }

    private static BigInteger orOne(BigInteger number) {
        return number.signum() == 0 ? ONE : number;
    }
}
