package filon.agent.control;

import filon.agent.identity.Identity;
import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.SignedOrder;
import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The control plane as a host meets it: an Ed25519 key that signs orders. */
public final class ControlPlane {
    private final KeyPair keys;

    public ControlPlane() {
        try {
            this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    public Map<String, PublicKey> orderKeys() {
        return Map.of(Identity.keyId(keys.getPublic()), keys.getPublic());
    }

    public SignedOrder sign(HostOrder order) {
        String text = MessageCodec.json(order);
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update((SignedOrder.SIGNING_CONTEXT + text).getBytes(StandardCharsets.UTF_8));
            String signature = Base64.getEncoder().encodeToString(signer.sign());
            return new SignedOrder(text, Identity.keyId(keys.getPublic()), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] signed(HostOrder order) {
        return bytes(sign(order));
    }

    public static byte[] bytes(SignedOrder order) {
        return MessageCodec.json(order).getBytes(StandardCharsets.UTF_8);
    }

    public static RunWorkload run(
            HostId host, long generation, LeaseId lease, RentalId rental, long epoch, Instant until, GpuId... gpus) {
        Pool pool = new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:3333"), "wallet.rig", "");
        return new RunWorkload(
                host,
                generation,
                lease,
                rental,
                epoch,
                Instant.parse("2026-01-01T00:00:00Z"),
                until,
                Algorithm.SHA256D,
                List.of(gpus),
                List.of(pool),
                List.of("127.0.0.0/8"));
    }

    public static StopWorkload stop(HostId host, long generation, RunWorkload run) {
        return new StopWorkload(host, generation, run.leaseId(), run.rentalId(), run.epoch(), "the customer ended it");
    }

    public static LeaseId newLease() {
        return LeaseId.of(UUID.randomUUID());
    }

    public static RentalId newRental() {
        return RentalId.of(UUID.randomUUID());
    }
}
