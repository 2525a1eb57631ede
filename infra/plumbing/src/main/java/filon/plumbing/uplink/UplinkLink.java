package filon.plumbing.uplink;

import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a record in the chain of what one life of a host's agent wrote to one topic.
 *
 * <p>A link's hash covers the hash before it, so that whoever has signed one has signed all before it.
 *
 * @param enrolment and {@code incarnation}: whose chain it is; each life begins a new one
 * @param sequence 1, 2, 3 ... without a gap
 * @param previousSha256 64 hex digits, the hash of the link before; zeros for the first
 */
public record UplinkLink(HostId host, int enrolment, long incarnation, long sequence, String previousSha256) {
    private static final String NO_PREVIOUS = "0".repeat(64);
    private static final Pattern HEADER = Pattern.compile("([1-9][0-9]{0,17})/([1-9][0-9]{0,17})/([0-9a-f]{64})");
    private static final String HASH_CONTEXT = "filon uplink link v1\n";
    private static final String SIGNING_CONTEXT = "filon uplink head v1\n";

    /** @throws IllegalArgumentException if the first has a link before it, or another has none */
    public UplinkLink {
        Objects.requireNonNull(host, "a link needs its host");
        if ((sequence == 1) != NO_PREVIOUS.equals(previousSha256)) {
            throw new IllegalArgumentException("link " + sequence + " cannot follow " + previousSha256);
        }
    }

    public static UplinkLink first(HostId host, int enrolment, long incarnation) {
        return new UplinkLink(host, enrolment, incarnation, 1, NO_PREVIOUS);
    }

    /** @param sha256 this link's own, see {@link #sha256} */
    public UplinkLink next(String sha256) {
        return new UplinkLink(host, enrolment, incarnation, sequence + 1, sha256);
    }

    /** What the record says of its place; empty when that is nothing that can be read. */
    public static Optional<UplinkLink> of(HostId host, int enrolment, Map<String, byte[]> headers) {
        byte[] header = headers.get(UplinkHeaders.LINK);
        Matcher parts = HEADER.matcher(header == null ? "" : new String(header, StandardCharsets.US_ASCII));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UplinkLink(
                    host, enrolment, Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As {@link UplinkHeaders#LINK} defines it. */
    public byte[] header() {
        return (incarnation + "/" + sequence + "/" + previousSha256).getBytes(StandardCharsets.US_ASCII);
    }

    /** The hash of this link with its record, 64 hex digits. */
    public String sha256(String topic, String recordKey, byte[] value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String place = HASH_CONTEXT + previousSha256 + "\n" + host + "\n" + enrolment + "\n" + incarnation + "\n"
                    + sequence + "\n" + topic + "\n" + recordKey.length() + "\n" + recordKey + "\n";
            digest.update(place.getBytes(StandardCharsets.UTF_8));
            digest.update(value);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the host signs with the key of its certificate (SHA256withECDSA). */
    public static byte[] signedBytes(String sha256) {
        return (SIGNING_CONTEXT + sha256).getBytes(StandardCharsets.US_ASCII);
    }
}
