package filon.billing.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of SHA-256, Bitcoin's proof of work: the digest is a little-endian number. */
public final class Sha256d implements ProofHash {
    @Override
    public byte[] of(byte[] header) {
        MessageDigest sha256 = sha256();
        byte[] littleEndian = sha256.digest(sha256.digest(header));
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        return bigEndian;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
