package filon.agent.control;

import filon.agent.control.Verdict.Refused;
import filon.contracts.message.HostOrder;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.HostId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/** Checks that the control plane wrote an order, for this host and for this slot; knows nothing of earlier orders. */
public final class OrderSignatures {
    private final HostId self;
    private final Map<String, PublicKey> keys;

    /** @param keys the Ed25519 keys that may sign orders, by id */
    public OrderSignatures(HostId self, Map<String, PublicKey> keys) {
        this.self = self;
        this.keys = Map.copyOf(keys);
    }

    /** The outcome of reading a record. */
    public sealed interface Reading {
        record Genuine(SignedOrder signed, HostOrder order) implements Reading {}

        record Broken(Refused refusal) implements Reading {}
    }

    public Reading read(String slot, byte[] value) {
        SignedOrder signed;
        try {
            signed = MessageCodec.parse(value, SignedOrder.class);
        } catch (UnusableMessageException e) {
            return broken(RefusalCode.UNREADABLE, e.getMessage());
        }
        PublicKey key = keys.get(signed.keyId());
        if (key == null) {
            return broken(RefusalCode.UNKNOWN_KEY, "no control-plane key has the id " + shortened(signed.keyId()));
        }
        if (!isSignedBy(key, signed)) {
            return broken(RefusalCode.BAD_SIGNATURE, "the signature is not that of key " + signed.keyId());
        }
        try {
            HostOrder order = MessageCodec.parse(signed.order(), HostOrder.class);
            return addressed(slot, signed, order);
        } catch (UnusableMessageException e) {
            return broken(RefusalCode.UNREADABLE, "the signed order is not usable: " + e.getMessage());
        }
    }

    private Reading addressed(String slot, SignedOrder signed, HostOrder order) {
        if (!self.equals(order.hostId())) {
            return new Reading.Broken(new Refused(
                    RefusalCode.OTHER_HOST,
                    "the order is for host " + order.hostId(),
                    order.generation(),
                    epochOf(order)));
        }
        if (!order.slot().equals(slot)) {
            return new Reading.Broken(new Refused(
                    RefusalCode.WRONG_SLOT,
                    "the order for slot " + order.slot() + " came under " + shortened(slot),
                    order.generation(),
                    epochOf(order)));
        }
        return new Reading.Genuine(signed, order);
    }

    static long epochOf(HostOrder order) {
        return switch (order) {
            case HostOrder.RunWorkload run -> run.epoch();
            case HostOrder.StopWorkload stop -> stop.epoch();
            case HostOrder.TrimUsage trim -> 0;
            case HostOrder.RunBurnIn burnIn -> 0;
        };
    }

    private static boolean isSignedBy(PublicKey key, SignedOrder signed) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update((SignedOrder.SIGNING_CONTEXT + signed.order()).getBytes(StandardCharsets.UTF_8));
            byte[] signature = Base64.getDecoder().decode(signed.signature());
            boolean isCanonical = Base64.getEncoder().encodeToString(signature).equals(signed.signature());
            return isCanonical && verifier.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Reading broken(RefusalCode code, String reason) {
        return new Reading.Broken(new Refused(code, reason, 0, 0));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
