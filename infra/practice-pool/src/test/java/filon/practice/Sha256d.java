package filon.practice;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Bitcoin's hash with the JDK alone, so that tests share no line with what they judge. */
final class Sha256d {
    private Sha256d() {}

    /** Of all parts as one, byte[32] in the order the hash function gives it. */
    static byte[] hash(byte[]... parts) {
        MessageDigest sha = sha256();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest(sha.digest());
    }

    /** What is compared with a target: the hash read from its last byte. */
    static BigInteger number(byte[] hash) {
        return new BigInteger(1, reversed(hash));
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
