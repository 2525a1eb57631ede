package filon.mining.algorithm.scrypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * scrypt on the CPU as RFC 7914 writes it, with N = 1024, r = 1, p = 1 and 32 bytes of output.
 *
 * <p>HMAC-SHA256 is the JDK's, so that it shares no line with the kernel.
 */
final class ScryptReference {
    private static final String HMAC = "HmacSHA256";
    private static final int ENTRIES = 1024;
    private static final int ENTRY_WORDS = 32;
    private static final int HALF_WORDS = 16;
    private static final int DIGEST_LENGTH = 32;

    private ScryptReference() {}

    /** byte[32]; the password is the salt. */
    static byte[] hash(byte[] header) {
        ByteBuffer block = ByteBuffer.wrap(derived(header, header, ENTRY_WORDS * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        IntBuffer words = block.asIntBuffer();
        int[] x = new int[ENTRY_WORDS];
        words.get(0, x);
        mix(x);
        words.put(0, x);
        return derived(header, block.array(), DIGEST_LENGTH);
    }

    /** PBKDF2 with HMAC-SHA256 and one iteration (RFC 8018, section 5.2); the length is a multiple of 32. */
    private static byte[] derived(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(password, HMAC));
            ByteBuffer derived = ByteBuffer.allocate(length);
            for (int part = 1; derived.hasRemaining(); part++) {
                mac.update(salt);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part));
                derived.put(mac.doFinal());
            }
            return derived.array();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC + " for any key", e);
        }
    }

    /** scryptROMix, RFC 7914, section 5. */
    private static void mix(int[] x) {
        int[] pad = new int[ENTRIES * ENTRY_WORDS];
        for (int i = 0; i < ENTRIES; i++) {
            System.arraycopy(x, 0, pad, i * ENTRY_WORDS, ENTRY_WORDS);
            mixBlock(x);
        }
        for (int i = 0; i < ENTRIES; i++) {
            int entry = (x[HALF_WORDS] & (ENTRIES - 1)) * ENTRY_WORDS;
            for (int word = 0; word < ENTRY_WORDS; word++) {
                x[word] ^= pad[entry + word];
            }
            mixBlock(x);
        }
    }

    /** scryptBlockMix, RFC 7914, section 4, with r = 1. */
    private static void mixBlock(int[] x) {
        mixHalf(x, 0, HALF_WORDS);
        mixHalf(x, HALF_WORDS, 0);
    }

    private static void mixHalf(int[] x, int to, int from) {
        int[] s = new int[HALF_WORDS];
        for (int i = 0; i < HALF_WORDS; i++) {
            x[to + i] ^= x[from + i];
            s[i] = x[to + i];
        }
        for (int doubleRound = 0; doubleRound < 4; doubleRound++) {
            quarter(s, 0, 4, 8, 12);
            quarter(s, 5, 9, 13, 1);
            quarter(s, 10, 14, 2, 6);
            quarter(s, 15, 3, 7, 11);
            quarter(s, 0, 1, 2, 3);
            quarter(s, 5, 6, 7, 4);
            quarter(s, 10, 11, 8, 9);
            quarter(s, 15, 12, 13, 14);
        }
        for (int i = 0; i < HALF_WORDS; i++) {
            x[to + i] += s[i];
        }
    }

    /** The quarter round of Salsa20 (RFC 7914, section 3). */
    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[b] ^= Integer.rotateLeft(s[a] + s[d], 7);
        s[c] ^= Integer.rotateLeft(s[b] + s[a], 9);
        s[d] ^= Integer.rotateLeft(s[c] + s[b], 13);
        s[a] ^= Integer.rotateLeft(s[d] + s[c], 18);
    }
}
