package filon.mining.pool.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key and how many messages it has served: each message has a nonce of its own, counted from zero on. Owned by one thread.
 *
 * <p>Source: Stratum V2 chapter 4.4.1; RFC 8439.
 */
final class CipherState {
    static final int MAC_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;

    /** The last nonce is reserved by the Noise framework; no session lives that long. */
    private static final long NONCE_END = -1;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private long nonce;

    CipherState(byte[] key) {
        this(key, 0);
    }

    CipherState(byte[] key, long nonce) {
        this.nonce = nonce;
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no ChaCha20-Poly1305", e);
        }
    }

    /** The text encrypted, and 16 bytes that prove it and the associated data. */
    byte[] encrypt(byte[] associated, byte[] text) {
        try {
            return crypt(Cipher.ENCRYPT_MODE, associated, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt " + text.length + " bytes", e);
        }
    }

    /** @throws AEADBadTagException if not exactly this was encrypted with this key, nonce and associated data */
    byte[] decrypt(byte[] associated, byte[] sealed) throws AEADBadTagException {
        try {
            return crypt(Cipher.DECRYPT_MODE, associated, sealed);
        } catch (AEADBadTagException altered) {
            throw altered;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt " + sealed.length + " bytes", e);
        }
    }

    private byte[] crypt(int mode, byte[] associated, byte[] input) throws GeneralSecurityException {
        if (nonce == NONCE_END) {
            throw new IllegalStateException("a key has served 2^64 - 1 messages, its limit");
        }
        ByteBuffer vector = ByteBuffer.allocate(NONCE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        vector.putLong(NONCE_LENGTH - Long.BYTES, nonce);
        cipher.init(mode, key, new IvParameterSpec(vector.array()));
        cipher.updateAAD(associated);
        byte[] output = cipher.doFinal(input);
        nonce++;
        return output;
    }
}
