package filon.mining.pool;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** When an encrypted pool is believed to be who it says. The scheme decides whether a connection is encrypted; nothing falls back to clear text. */
public sealed interface PoolTrust {
    /** Its certificate is valid for its name and vouched for by an authority of the system. */
    record Verified() implements PoolTrust {}

    /**
     * Its certificate is one of these, whatever it says and whoever signed it.
     *
     * @param sha256s of certificates in DER, 64 hex digits each, in lower case
     */
    record Pinned(List<String> sha256s) implements PoolTrust {
        private static final int DIGITS = 64;

        public Pinned {
            sha256s = sha256s.stream().map(Pinned::digits).toList();
            if (sha256s.isEmpty()) {
                throw new IllegalArgumentException("no certificate is pinned");
            }
        }

        public Pinned(String sha256) {
            this(List.of(sha256));
        }

        private static String digits(String text) {
            String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
            if (!digits.matches("[0-9a-f]{" + DIGITS + "}")) {
                throw new IllegalArgumentException(
                        "certificate fingerprint " + text + " is not the 64 hex digits of a SHA-256");
            }
            return digits;
        }
    }

    /** Always. Who sits on the way can take the hash rate. */
    record Unverified() implements PoolTrust {}

    static PoolTrust verified() {
        return new Verified();
    }

    /** What {@link Pinned} names a certificate by. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every JDK has SHA-256, and a certificate that was read can be written", e);
        }
    }
}
