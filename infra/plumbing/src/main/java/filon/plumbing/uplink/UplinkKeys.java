package filon.plumbing.uplink;

import filon.contracts.message.UplinkHeaders;
import filon.contracts.value.HostId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives each host's uplink key from one master secret and checks the MAC of what hosts send.
 *
 * <p>A host holds its own key only, so it cannot write under another's name although all share the uplink topics. Each enrolment of a
 * host has a key of its own; which one is in force is not known here.
 */
public final class UplinkKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MASTER_BYTES = 32;
    private final byte[] master;

    /** @param master 32 secret bytes */
    public UplinkKeys(byte[] master) {
        if (master.length != MASTER_BYTES) {
            throw new IllegalArgumentException(
                    "the uplink secret has " + MASTER_BYTES + " bytes, not " + master.length);
        }
        this.master = master.clone();
    }

    /** @throws IOException if the file cannot be read or does not hold 64 hex digits */
    public static UplinkKeys fromFile(Path file) throws IOException {
        try {
            return new UplinkKeys(HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException("file " + file + " does not hold 64 hex digits", e);
        }
    }

    /** The key of the host's first enrolment. */
    public byte[] keyOf(HostId host) {
        return keyOf(host, 1);
    }

    /**
     * The key of one enrolment of a host: HMAC-SHA256(master, {@code "uplink|" + host id}), and from the second on with {@code "|" +
     * enrolment} behind the id; 32 bytes.
     */
    public byte[] keyOf(HostId host, int enrolment) {
        String name = enrolment == 1 ? "uplink|" + host : "uplink|" + host + "|" + enrolment;
        return hmac(master, name.getBytes(StandardCharsets.UTF_8));
    }

    /** Which enrolment the record names, 1 if none; empty if what it names is no number of an enrolment. */
    public static OptionalInt enrolment(Map<String, byte[]> headers) {
        byte[] named = headers.get(UplinkHeaders.ENROLMENT);
        if (named == null) {
            return OptionalInt.of(1);
        }
        String text = new String(named, StandardCharsets.UTF_8);
        return text.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** The MAC of a record as {@link UplinkHeaders#MAC} defines it, 32 bytes. */
    public static byte[] mac(byte[] key, String topic, String recordKey, byte[] value) {
        return hmac(key, (topic + "\n" + recordKey + "\n").getBytes(StandardCharsets.UTF_8), value);
    }

    /** Why the record cannot be trusted to come from the host it names; empty when it can. */
    public Optional<String> refusal(String topic, String recordKey, Map<String, byte[]> headers, byte[] value) {
        byte[] hostBytes = headers.get(UplinkHeaders.HOST);
        byte[] mac = headers.get(UplinkHeaders.MAC);
        if (hostBytes == null || mac == null || recordKey == null || value == null) {
            return Optional.of("the record has no host, MAC, key or value");
        }
        HostId host;
        try {
            host = HostId.of(new String(hostBytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.of("the record's host header is not a host id");
        }
        if (!recordKey.equals(host.toString()) && !recordKey.startsWith(host + "/")) {
            return Optional.of("the record's key " + recordKey + " is not host " + host + "'s");
        }
        if (recordKey.indexOf('\n') >= 0) {
            // it would move the border between key and value in what the MAC covers
            return Optional.of("the record's key has a line break");
        }
        OptionalInt enrolment = enrolment(headers);
        if (enrolment.isEmpty()) {
            return Optional.of("the record's enrolment header is not a number");
        }
        byte[] key = keyOf(host, enrolment.getAsInt());
        boolean genuine = MessageDigest.isEqual(mac, mac(key, topic, recordKey, value));
        return genuine ? Optional.empty() : Optional.of("the record's MAC is not that of host " + host);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
