package filon.provisioning.authority;

import filon.contracts.message.HostOrder;
import filon.contracts.message.SignedOrder;
import filon.plumbing.codec.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Signs orders with the control plane's Ed25519 key, exactly as {@link SignedOrder} says. */
public final class OrderSigner {
    private static final int KEY_ID_BYTES = 8;
    private final PrivateKey key;
    private final String keyId;

    OrderSigner(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.keyId = keyId(publicKey);
    }

    public SignedOrder sign(HostOrder order) {
        String text = MessageCodec.json(order);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update((SignedOrder.SIGNING_CONTEXT + text).getBytes(StandardCharsets.UTF_8));
            return new SignedOrder(text, keyId, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("order of generation " + order.generation() + " cannot be signed", e);
        }
    }

    /** First 16 hex digits of the SHA-256 of the key's X.509 encoding. */
    public static String keyId(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(Arrays.copyOf(digest, KEY_ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
