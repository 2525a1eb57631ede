package filon.agent.enrolment;

import filon.agent.enrolment.rest.HttpEnrolmentDesk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Provisioning's enrolment, as the agent sees it. */
public interface EnrolmentDesk {
    EnrolmentAnswer enrol(EnrolmentRequest request);

    /**
     * @param provisioningUrl {@code https://host:port} and perhaps a path, without {@code /enrolment}
     * @param authority PEM of the only authority that may have issued the server's certificate
     * @throws IOException if the file holds no certificate
     */
    static EnrolmentDesk at(URI provisioningUrl, Path authority) throws IOException {
        return new HttpEnrolmentDesk(provisioningUrl, authority);
    }
}
