package filon.provisioning.enrolment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A host's one-use secret: 256 random bits, shown once; only its hash is ever stored. */
public record EnrolmentToken(String text) {
    private static final int BYTES = 32;
    private static final int LENGTH_MAX = 128;

    public EnrolmentToken {
        if (text == null || text.isBlank() || text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("an enrolment token has 1 to " + LENGTH_MAX + " characters");
        }
    }

    static EnrolmentToken fresh(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new EnrolmentToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "an enrolment token";
    }
}
