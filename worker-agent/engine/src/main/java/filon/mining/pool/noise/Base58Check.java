package filon.mining.pool.noise;

import java.math.BigInteger;
import java.util.Arrays;

/** Bytes as text in Bitcoin's 58 characters, followed by four bytes of their double SHA-256. */
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int CHECKSUM_LENGTH = 4;

    private Base58Check() {}

    static String encode(byte[] payload) {
        byte[] checked = Arrays.copyOf(payload, payload.length + CHECKSUM_LENGTH);
        System.arraycopy(checksum(payload), 0, checked, payload.length, CHECKSUM_LENGTH);
        StringBuilder text = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, checked); rest.signum() > 0; rest = rest.divide(BASE)) {
            text.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < checked.length && checked[i] == 0; i++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.reverse().toString();
    }

    /**
     * @param length of the payload that is expected, which bounds the work
     * @throws IllegalArgumentException naming what is wrong
     */
    static byte[] decode(String text, int length) {
        int checkedLength = length + CHECKSUM_LENGTH;
        byte[] number = number(text, checkedLength).toByteArray();
        int start = number[0] == 0 ? 1 : 0;
        int zeros = (int) text.chars()
                .takeWhile(character -> character == ALPHABET.charAt(0))
                .count();
        int decodedLength = zeros + number.length - start;
        if (decodedLength != checkedLength) {
            throw new IllegalArgumentException(decodedLength + " bytes, not " + checkedLength);
        }
        byte[] checked = new byte[checkedLength];
        System.arraycopy(number, start, checked, zeros, number.length - start);
        byte[] payload = Arrays.copyOf(checked, length);
        if (!Arrays.equals(checksum(payload), Arrays.copyOfRange(checked, length, checkedLength))) {
            throw new IllegalArgumentException("its checksum is wrong, a character must be mistyped");
        }
        return payload;
    }

    private static BigInteger number(String text, int length) {
        // 58 characters hold 5.86 bits each
        if (text.length() > 2 * length) {
            throw new IllegalArgumentException(text.length() + " characters are too many for " + length + " bytes");
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("character " + (i + 1) + " is none of base58");
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return number;
    }

    private static byte[] checksum(byte[] payload) {
        return Arrays.copyOf(Sha256.of(Sha256.of(payload)), CHECKSUM_LENGTH);
    }
}
