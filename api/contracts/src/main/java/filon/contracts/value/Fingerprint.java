package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What people compare to know a host's key: the SHA-256 of its SubjectPublicKeyInfo, as 16 groups of four hex digits ({@code AB12
 * CD34 ...}). JSON: that text.
 */
public record Fingerprint(@JsonValue String text) {
    private static final int DIGITS = 64;
    private static final int GROUP = 4;

    public Fingerprint {
        if (text == null || !text.matches("[0-9A-F]{4}( [0-9A-F]{4}){15}")) {
            throw new IllegalArgumentException("a fingerprint is 16 groups of 4 hex digits, not " + text);
        }
    }

    /**
     * As a person typed or pasted it: groups, colons and small letters make no difference.
     *
     * @throws IllegalArgumentException if it does not hold 64 hex digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Fingerprint of(String typed) {
        String digits = typed.replaceAll("[\\s:-]", "").toUpperCase(Locale.ROOT);
        if (digits.length() != DIGITS) {
            throw new IllegalArgumentException("a fingerprint has " + DIGITS + " hex digits, not " + digits.length());
        }
        return new Fingerprint(digits.replaceAll("(.{" + GROUP + "})(?!$)", "$1 "));
    }

    public static Fingerprint of(PublicKey key) {
        return ofSubjectPublicKeyInfo(key.getEncoded());
    }

    /** @param encoded the key's SubjectPublicKeyInfo (RFC 5280), DER */
    public static Fingerprint ofSubjectPublicKeyInfo(byte[] encoded) {
        try {
            return of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
