package filon.agent.enrolment;

import filon.contracts.message.FleetReport.Gpu;
import java.util.List;

/**
 * What a host asks provisioning with; the body of {@code POST /enrolment}.
 *
 * @param csr PEM
 * @param gpus without ids: an id holds the host's id, which the answer brings
 */
public record EnrolmentRequest(String token, String csr, String agentVersion, String name, List<Gpu> gpus) {
    public EnrolmentRequest {
        gpus = List.copyOf(gpus);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "enrolment of " + name + " with " + gpus.size() + " devices";
    }
}
