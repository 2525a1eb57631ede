package filon.agent.enrolment;

import filon.agent.enrolment.rest.HttpEnrolmentDesk;
import filon.agent.identity.Provisioning;
import java.io.IOException;

/** Provisioning's enrolment, as the agent sees it. */
public interface EnrolmentDesk {
    EnrolmentAnswer enrol(EnrolmentRequest request);

    /** @throws IOException if the authority is no certificate */
    static EnrolmentDesk at(Provisioning provisioning) throws IOException {
        return new HttpEnrolmentDesk(provisioning);
    }
}
