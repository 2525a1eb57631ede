package filon.agent.enrolment;

import filon.agent.enrolment.rest.HttpEnrolmentDesk;
import filon.agent.identity.Provisioning;
import java.io.IOException;

/** Provisioning's renewals, as the agent sees them; {@code Accepted} brings the identity with the next certificate. */
public interface RenewalDesk {
    EnrolmentAnswer renew(RenewalRequest request);

    /** @throws IOException if the authority is no certificate */
    static RenewalDesk at(Provisioning provisioning) throws IOException {
        return new HttpEnrolmentDesk(provisioning);
    }
}
