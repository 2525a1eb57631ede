package filon.agent.enrolment;

import filon.agent.identity.HostKey;
import filon.agent.identity.Identity;
import filon.contracts.value.HostId;
import filon.contracts.value.RenewalClaim;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * What a host asks for its next certificate with; the body of {@code POST /identity/renewals}.
 *
 * @param certificate PEM of the current one, expired perhaps
 * @param csr PEM
 * @param signature Base64, by the certificate's key, over {@link RenewalClaim#signedBytes()}
 */
public record RenewalRequest(HostId hostId, String certificate, String csr, Instant at, UUID nonce, String signature) {

    /** Keeps the key: its fingerprint is what people know the host by. */
    public static RenewalRequest of(Identity identity, HostKey key, Instant at, UUID nonce) {
        String csr = CertificateRequest.of(key, identity.hostId().toString()).pem();
        RenewalClaim claim = new RenewalClaim(identity.hostId(), csr, at, nonce);
        String signature = Base64.getEncoder().encodeToString(key.sign(claim.signedBytes()));
        return new RenewalRequest(identity.hostId(), identity.certificate(), csr, at, nonce, signature);
    }
}
