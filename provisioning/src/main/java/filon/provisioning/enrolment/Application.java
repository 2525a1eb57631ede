package filon.provisioning.enrolment;

import filon.contracts.value.Fingerprint;
import filon.provisioning.authority.AgentCertificates;

/**
 * What a host comes with.
 *
 * @param request proven before, so that a broken one does not spend the token
 * @param serial that the agent found; empty when it could not read one
 */
public record Application(EnrolmentToken token, AgentCertificates.Proven request, String agentVersion, String serial) {
    Fingerprint key() {
        return request.fingerprint();
    }
}
