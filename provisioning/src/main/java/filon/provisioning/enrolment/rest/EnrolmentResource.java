package filon.provisioning.enrolment.rest;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.provisioning.authority.AgentCertificates;
import filon.provisioning.enrolment.Application;
import filon.provisioning.enrolment.Enrolled;
import filon.provisioning.enrolment.EnrolmentToken;
import filon.provisioning.enrolment.Enrolments;
import filon.provisioning.enrolment.HostTopicsReconciliation;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Lets hosts in; the token in the body is their only credential. */
@Path("/enrolment")
@PermitAll
class EnrolmentResource {
    private final Enrolments enrolments;
    private final HostTopicsReconciliation topics;

    EnrolmentResource(Enrolments enrolments, HostTopicsReconciliation topics) {
        this.enrolments = enrolments;
        this.topics = topics;
    }

    /**
     * @param serial that the agent found; null or empty when it could not read one
     * @param gpus informational here: what counts is what the host reports once it is in
     */
    record NewHost(
            @NotBlank @Size(max = 128) String token,
            @NotBlank @Size(max = 8_192) String csr,
            @NotBlank @Size(max = 64) String agentVersion,
            @SerialNumber String serial,
            @Size(max = 256) List<Gpu> gpus) {
        /** Never shows the token. */
        @Override
        public String toString() {
            return "an application of agent " + agentVersion;
        }
    }

    @POST
    public Response enrol(@NotNull @Valid NewHost host) {
        Application application = new Application(
                new EnrolmentToken(host.token()),
                AgentCertificates.prove(host.csr()),
                host.agentVersion(),
                host.serial() == null ? "" : host.serial());
        Enrolled enrolled = enrolments
                .redeem(application)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.TOKEN_SPENT,
                        "ask an operator for a new enrolment token; this one cannot be used")));
        // most hosts find their topics there when they come; for the others they are made a little later
        topics.reconcile(enrolled.hostId());
        return Response.ok(enrolled).header("Cache-Control", "no-store").build();
    }
}
