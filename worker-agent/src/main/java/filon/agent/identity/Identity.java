package filon.agent.identity;

import filon.contracts.value.HostId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What enrolment gave this host.
 *
 * @param certificate PEM chain, the host's own first; its common name is the Kafka principal
 * @param ca PEM of the platform's internal authority: whom the brokers' certificates must come from
 * @param brokers {@code host:port} of the agents' Kafka listener
 * @param controlPlaneKeys Ed25519 public keys that sign orders, X.509 encoding in Base64 or PEM
 * @param uplinkKey the host's own MAC key, 64 hex digits
 * @param enrolment which enrolment of the host this is; 1 in identities that do not say
 */
public record Identity(
        HostId hostId,
        String certificate,
        String ca,
        List<String> brokers,
        List<String> controlPlaneKeys,
        String uplinkKey,
        int enrolment) {
    private static final int UPLINK_KEY_BYTES = 32;

    public Identity {
        Objects.requireNonNull(hostId, "an identity needs a host id");
        require("certificate", certificate);
        require("ca", ca);
        if (brokers == null || brokers.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one broker");
        }
        brokers = List.copyOf(brokers);
        if (controlPlaneKeys == null || controlPlaneKeys.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one control-plane key");
        }
        controlPlaneKeys = List.copyOf(controlPlaneKeys);
        if (uplinkKey == null || !uplinkKey.matches("[0-9a-f]{" + UPLINK_KEY_BYTES * 2 + "}")) {
            throw new IllegalArgumentException(
                    "an identity needs an uplink key of " + UPLINK_KEY_BYTES * 2 + " hex digits");
        }
        controlPlaneKeys.forEach(Identity::publicKey);
        enrolment = Math.max(1, enrolment);
    }

    /** The keys that sign orders, by the id that a signed order names them with. */
    public Map<String, PublicKey> orderKeys() {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String text : controlPlaneKeys) {
            PublicKey key = publicKey(text);
            keys.put(keyId(key), key);
        }
        return Map.copyOf(keys);
    }

    public byte[] uplinkKeyBytes() {
        return HexFormat.of().parseHex(uplinkKey);
    }

    /** First 16 hex digits of the SHA-256 of the key's X.509 encoding. */
    public static String keyId(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static PublicKey publicKey(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("a control-plane key is not an Ed25519 public key in Base64", e);
        }
    }

    private static void require(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("an identity needs a " + what);
        }
    }

    /** Never shows the uplink key. */
    @Override
    public String toString() {
        return "host " + hostId + " at " + brokers;
    }
}
