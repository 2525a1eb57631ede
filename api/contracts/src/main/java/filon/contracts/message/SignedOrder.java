package filon.contracts.message;

import java.util.Objects;

/**
 * A {@link HostOrder} with the control plane's signature: the value of a record on {@link Topics#desired}.
 *
 * @param order the order's JSON text, exactly the characters that were signed (UTF-8)
 * @param keyId which control-plane key signed: first 16 hex digits of the SHA-256 of its X.509 encoding
 * @param signature Ed25519 (RFC 8032) over {@code "filon.order.v1\n" + order}, Base64
 */
public record SignedOrder(String order, String keyId, String signature) {
    /** Put before the signed text so that a signature over an order can never pass for anything else. */
    public static final String SIGNING_CONTEXT = "filon.order.v1\n";

    public SignedOrder {
        Objects.requireNonNull(order, "a signed order needs its text");
        Objects.requireNonNull(keyId, "a signed order needs the id of its key");
        Objects.requireNonNull(signature, "a signed order needs a signature");
    }
}
