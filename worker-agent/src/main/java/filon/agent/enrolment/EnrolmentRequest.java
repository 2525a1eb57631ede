package filon.agent.enrolment;

import filon.contracts.message.FleetReport.Gpu;
import java.util.List;

/**
 * What a host asks provisioning with; the body of {@code POST /enrolment}.
 *
 * @param csr PEM
 * @param serial of the machine; empty when it cannot be read, then a person has to confirm the host
 * @param gpus without ids: an id holds the host's id, which the answer brings
 */
public record EnrolmentRequest(
        String token, String csr, String agentVersion, String name, String serial, List<Gpu> gpus) {
    public EnrolmentRequest {
        gpus = List.copyOf(gpus);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "enrolment of " + name + " with " + gpus.size() + " devices";
    }
}
