package filon.mining.algorithm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The largest hash that counts, as a 256-bit number: byte[32], most significant byte first.
 *
 * <p>Difficulty 1 is {@code 00000000ffff0000...} ("pdiff", as pools count); a share of difficulty d takes 2^32 x 65536/65535
 * x d hashes on average.
 */
public record Target(byte[] bytes) implements Comparable<Target> {
    public static final int LENGTH = 32;
    public static final Target EASIEST = new Target(filled());
    private static final BigInteger ONE = BigInteger.valueOf(0xffff).shiftLeft(208);
    private static final BigInteger CEILING = BigInteger.ONE.shiftLeft(256);

    public Target {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("target of " + bytes.length + " bytes; it has " + LENGTH);
        }
        bytes = bytes.clone();
    }

    /**
     * Difficulty 1 divided by the difficulty, rounded down; anything easier than 2^256-1 becomes that.
     *
     * @throws IllegalArgumentException if the difficulty is not above zero
     */
    public static Target ofDifficulty(BigDecimal difficulty) {
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException("difficulty " + difficulty + " is not above zero");
        }
        // beyond these powers of ten the quotient is at a limit anyway; dividing would only cost memory
        long magnitude = (long) difficulty.precision() - difficulty.scale();
        if (magnitude > 100) {
            return new Target(new byte[LENGTH]);
        }
        if (magnitude < -100) {
            return EASIEST;
        }
        return of(new BigDecimal(ONE).divide(difficulty, 0, RoundingMode.DOWN).toBigInteger());
    }

    /** The hexadecimal number, padded with zeros on the left where it is short, with or without {@code 0x}. */
    public static Target ofHex(String hex) {
        String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
        if (digits.isEmpty() || digits.length() > 2 * LENGTH) {
            throw new IllegalArgumentException("target of " + digits.length() + " hex digits; it has 1 to 64");
        }
        return new Target(HexFormat.of().parseHex("0".repeat(2 * LENGTH - digits.length()) + digits));
    }

    /** The number itself; above 2^256-1 it becomes that. */
    public static Target of(BigInteger number) {
        if (number.compareTo(CEILING) >= 0) {
            return EASIEST;
        }
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[LENGTH];
        int length = Math.min(LENGTH, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, LENGTH - length, length);
        return new Target(bytes);
    }

    /** Whether a hash, most significant byte first, is at or below this target. */
    public boolean isMetBy(byte[] hash) {
        return Arrays.compareUnsigned(hash, bytes) <= 0;
    }

    /** How many hashes a hit takes on average: 2^256 / (target + 1). */
    public double hashesPerHit() {
        return new BigDecimal(CEILING)
                .divide(new BigDecimal(number().add(BigInteger.ONE)), 12, RoundingMode.HALF_UP)
                .doubleValue();
    }

    public BigInteger number() {
        return new BigInteger(1, bytes);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Target other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && Arrays.equals(bytes, target.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] filled() {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }
}
