package filon.mining.pool.noise;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 as the handshake uses it: plain, tagged, keyed, and to derive keys. */
final class Sha256 {
    static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private Sha256() {}

    /** Of all parts, one after the other. */
    static byte[] of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** Prefixed with the tag's hash, twice. Source: BIP 340. */
    static byte[] tagged(String tag, byte[]... parts) {
        byte[] prefix = of(tag.getBytes(StandardCharsets.US_ASCII));
        byte[][] all = new byte[parts.length + 2][];
        all[0] = prefix;
        all[1] = prefix;
        System.arraycopy(parts, 0, all, 2, parts.length);
        return of(all);
    }

    /** Source: RFC 2104. */
    static byte[] keyed(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JDK has no " + HMAC + " with keys of 32 bytes", e);
        }
    }

    /** Two keys of 32 bytes each. */
    record Derived(byte[] first, byte[] second) {}

    /** HKDF with an empty info and two outputs. Source: RFC 5869, Stratum V2 chapter 4.4.2. */
    static Derived derive(byte[] chainingKey, byte[] material) {
        byte[] extracted = keyed(chainingKey, material);
        byte[] first = keyed(extracted, new byte[] {1});
        return new Derived(first, keyed(extracted, first, new byte[] {2}));
    }
}
