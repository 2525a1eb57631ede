package filon.provisioning.enrolment;

import filon.contracts.value.RenewalClaim;
import filon.provisioning.authority.AgentCertificates;

/**
 * A host's wish for its next certificate.
 *
 * @param request the claim's certificate request, proven
 * @param certificate PEM of the certificate whose key signed the claim
 * @param signature SHA256withECDSA over the claim
 */
public record RenewalRequest(
        RenewalClaim claim, AgentCertificates.Proven request, String certificate, byte[] signature) {
    public RenewalRequest {
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }
}
